import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { lastStep } from '../step';
import { whenOver } from '../under-way';

/**
 * Hangs up on whoever does not take his answer within `most` milliseconds of its being ready: who reads a byte now and
 * then is never idle, and would keep it in memory for as long as he likes.
 */
export function hangUpOnSlowReaders(app: FastifyInstance, most: number): void {
  lastStep(app, (request, reply, payload) => {
    hurry(request, reply, most);
    return payload;
  });
}

/** The same for one answer: for one that no hook sees, too. */
export function hurry(request: FastifyRequest, reply: FastifyReply, most: number): void {
  // Closed as usual, what is on its way would stay in the kernel's memory for as long as it is not read.
  const timer = setTimeout(() => request.raw.socket.resetAndDestroy(), most);
  whenOver(request, reply, () => clearTimeout(timer));
}
