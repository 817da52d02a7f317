import type { ApolloServerPlugin } from '@apollo/server';
import type { FastifyInstance } from 'fastify';
import { OperationTypeNode } from 'graphql';
import type { Fault } from '../errors';
import type { Account } from './account';
import { refusal } from './limits/refusal';
import { step } from './step';
import type { Token } from './token';

const hint = 'Send it as Authorization: Bearer yuntu_...';

const unauthenticated = (message: string): Fault =>
  refusal('UNAUTHENTICATED', 401, message, { hint }, { 'www-authenticate': 'Bearer' });

/** Refuses who bears a token that is not known: whoever meant to be somebody is not answered as anybody. */
export function refuseUnknown(app: FastifyInstance): void {
  step(app, 'onRequest', ({ account: { caller } }) => {
    if (caller.bearer === 'unknown') throw unauthenticated('The token is not one of this server.');
  });
}

/** Lets nobody but a curator change anything: told before the operation is executed, so that nothing of it is. */
export function curatorsChange(
  tokens: readonly Token[],
): ApolloServerPlugin<{ readonly account?: Account }> {
  const open = tokens.some(({ roles }) => roles.includes('curator'));
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ operation, contextValue: { account } }) {
          if (operation?.operation !== OperationTypeNode.MUTATION) return;
          if (!open)
            throw refusal('FORBIDDEN', 403, 'This server takes no changes.', {
              hint: 'Whoever runs it can let curators in: YUNTU_TOKENS, made by yuntu token.',
            });
          const bearer = account?.caller.bearer ?? 'none';
          if (typeof bearer === 'string')
            throw unauthenticated('Changes need a token with the role "curator".');
          if (!bearer.roles.includes('curator'))
            throw refusal(
              'FORBIDDEN',
              403,
              `The token "${bearer.name}" has not the role "curator" that changes need.`,
            );
        },
      };
    },
  };
}
