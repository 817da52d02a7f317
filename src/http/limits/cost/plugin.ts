import type { ApolloServerPlugin } from '@apollo/server';
import { quote } from '../../../errors';
import type { Account } from '../../account';
import { fragmentsOf } from '../document/fragments';
import type { Rate } from '../rate';
import { refusal, tooMuch } from '../refusal';
import type { Limits } from '../table';
import { costOf } from './cost';
import { checkLists } from './lists';
import type { FanOuts } from './fan-out';

/** Computes what an operation costs before it is executed; refuses it, or writes the cost on the request's account. */
export function costPlugin(
  knowledge: FanOuts,
  limits: Limits,
  rate: Rate,
): ApolloServerPlugin<{ readonly account?: Account }> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ operation, document, request, contextValue: { account } }) {
          // Which operation is meant, the executor misses and tells.
          if (!operation) return;
          checkLists(operation, request.variables ?? {}, limits);
          const { total, parts, dearest } = costOf(
            knowledge,
            operation,
            fragmentsOf(document),
            request.variables ?? {},
            limits,
          );
          if (account) Object.assign(account, { operation: operation.name?.value, cost: total });
          if (total > limits.maxCost)
            throw refusal(
              'COST_EXCEEDED',
              400,
              `The operation costs ${total}, where ${limits.maxCost} is the most; the dearest field is ${quote(dearest.path)} with ${dearest.cost}.`,
              { cost: total, limit: limits.maxCost, dearest },
            );
          if (parts > limits.maxParts)
            throw tooMuch('Subqueries of the operation', parts, limits.maxParts);
          // One was counted when the request came.
          if (account?.caller.limited) rate.spend(account.caller.id, total - 1);
        },
      };
    },
  };
}
