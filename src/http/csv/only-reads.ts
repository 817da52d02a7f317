import type { ApolloServerPlugin } from '@apollo/server';
import { OperationTypeNode } from 'graphql';
import type { Account } from '../account';
import { refusal } from '../limits/refusal';

/** CSV is of lists that are read: a change that asks for it is refused before it is made, not after. */
export function csvOnlyReads(): ApolloServerPlugin<{ readonly account?: Account }> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ operation, contextValue: { account } }) {
          if (account?.csv && operation?.operation === OperationTypeNode.MUTATION)
            throw refusal(
              'BAD_USER_INPUT',
              406,
              'CSV is of one list, and a change has none: ask for JSON. Nothing was changed.',
            );
        },
      };
    },
  };
}
