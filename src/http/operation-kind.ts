import type { ApolloServerPlugin, BaseContext } from '@apollo/server';
import { refusal } from './limits/refusal';

/** Tells who asks for a kind of operation that the schema does not have; validation lets it pass. */
export function knownKinds(): ApolloServerPlugin<BaseContext> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ operation, schema }) {
          if (operation && !schema.getRootType(operation.operation))
            throw refusal('BAD_USER_INPUT', 400, `There is no ${operation.operation} here.`);
        },
      };
    },
  };
}
