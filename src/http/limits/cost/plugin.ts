import type { ApolloServerPlugin } from '@apollo/server';
import type { Account } from '../../account';
import type { Scale } from './scale';

/** Has what an operation costs computed before it is executed. */
export function costPlugin(scale: Scale): ApolloServerPlugin<{ readonly account?: Account }> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ operation, document, request, contextValue: { account } }) {
          // Which operation is meant, the executor misses and tells.
          if (operation) scale.weigh(operation, document, request.variables ?? {}, account);
        },
      };
    },
  };
}
