import type { FastifyInstance } from 'fastify';
import type { Queue } from './queue';

/**
 * Refuses a request while so many wait that its operation would be refused, before its document is looked at: under a
 * load of many times what can be answered, refusing must not cost what answering would.
 */
export function shedLoad(app: FastifyInstance, queue: Queue): void {
  app.addHook('preHandler', (_request, _reply, done) => {
    done(queue.full);
  });
}
