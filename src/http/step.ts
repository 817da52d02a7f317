import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/**
 * Something that happens to every request at a stage of its way, at once; what it throws refuses the request. Hooks that
 * are asynchronous without need cost a turn of the loop's microtasks each, on every request.
 */
export function step(
  app: FastifyInstance,
  stage: 'onRequest' | 'preHandler',
  take: (request: FastifyRequest, reply: FastifyReply) => void,
): void {
  app.addHook(
    stage,
    (request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void) => {
      try {
        take(request, reply);
      } catch (error) {
        return done(error as Error);
      }
      done();
    },
  );
}

/** The same for an answer as it leaves: `turn` gives what is sent in its place. */
export function lastStep(
  app: FastifyInstance,
  turn: (request: FastifyRequest, reply: FastifyReply, payload: unknown) => unknown,
): void {
  app.addHook('onSend', (request, reply, payload, done) => {
    let sent: unknown;
    try {
      sent = turn(request, reply, payload);
    } catch (error) {
      return done(error as Error);
    }
    done(null, sent);
  });
}
