import type { FastifyInstance } from 'fastify';
import { lastStep, step } from '../step';
import { whenOver } from '../under-way';
import type { InFlight } from './in-flight';
import type { Rate } from './rate';
import { refusal } from './refusal';

/** How many requests one caller may have under way: what counts by the same is counted together. */
export function limitInFlight(app: FastifyInstance, inFlight: InFlight): void {
  step(app, 'onRequest', (request, reply) => {
    const { caller } = request.account;
    if (caller.limited) whenOver(request, reply, inFlight.enter(caller));
  });
}

/**
 * What one caller may do: so many requests at the same time, so much cost within an hour. Each request counts 1 when it
 * comes, whatever becomes of it; what its operation costs beyond that is counted before it is executed, so that an
 * answer from the cache costs 1. Whatever counts both by the same is counted together.
 */
export function limitCallers(app: FastifyInstance, inFlight: InFlight, rate: Rate): void {
  limitInFlight(app, inFlight);
  step(app, 'onRequest', ({ account: { caller } }) => {
    if (caller.limited) rate.spend(caller.id, 1);
  });
  lastStep(app, ({ account: { caller } }, reply, payload) => {
    if (caller.limited) void reply.headers(rate.headers(caller.id));
    return payload;
  });
}

/** What is packed is not unpacked here: a small body stays small. */
export function refusePacked(app: FastifyInstance): void {
  step(app, 'onRequest', ({ headers }) => {
    const packed = headers['content-encoding'];
    if (packed !== undefined && packed !== 'identity')
      throw refusal(
        'BAD_USER_INPUT',
        415,
        'Packed bodies are not read; send it without Content-Encoding.',
      );
  });
}
