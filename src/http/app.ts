import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { ApolloServer } from '@apollo/server';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { Fault } from '../errors';
import { serveCsv } from './csv/serve';
import { servePlayground } from './playground';
import type { Engine } from '../query/engine';
import { newRequest } from '../query/engine';
import type { Context } from '../query/execute';

/** Milliseconds that a request may take from end to end. */
const deadline = 5_000;

/** The web server: GraphQL at /graphql, the playground at /. */
export function createApp(apollo: ApolloServer<Context>, engine: Engine): FastifyInstance {
  const app = fastify({ bodyLimit: 100 * 1024, requestTimeout: 30_000 });
  const context = (_request: FastifyRequest, reply: FastifyReply): Promise<Context> =>
    Promise.resolve({ engine, request: newRequest({ signal: signalOf(reply) }) });
  serveCsv(app);
  app.route({
    url: '/graphql',
    method: ['GET', 'POST'],
    handler: fastifyApolloHandler(apollo, { context }),
  });
  servePlayground(app);
  return app;
}

/** Fires when the caller goes away before the answer is out, or the deadline passes. */
function signalOf({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController();
  const timer = setTimeout(
    () => gone.abort(new Fault('TIMEOUT', `The answer took longer than ${deadline} ms.`)),
    deadline,
  );
  raw.once('close', () => {
    clearTimeout(timer);
    if (!raw.writableFinished) gone.abort(new Fault('TIMEOUT', 'The caller went away.'));
  });
  return gone.signal;
}
