import type { FastifyInstance } from 'fastify';
import { overloaded } from './queue';

/** How many requests are taken up in a turn of the event loop while callers wait to be let in. */
const few = 4;

/**
 * Lets callers in before it answers those who are in. Node takes one connection in each turn of the event loop (libuv
 * since 1.45), so where a turn answers hundreds, a newcomer would wait for seconds before he is so much as refused. While
 * they come, a turn takes up a few requests only; the others follow in the order in which they came, and where `most`
 * wait, whoever comes then is told `OVERLOADED`: who sends many requests over one connection without waiting for answers
 * would otherwise fill the memory, since nothing is written meanwhile by whose standing still Node would hold him up.
 */
export function letIn(app: FastifyInstance, most: number): void {
  const waiting: (() => void)[] = [];
  let left = Infinity;
  let came = false;
  let ending = false;
  const endTurn = (): void => {
    if (ending) return;
    ending = true;
    setImmediate(() => {
      ending = false;
      left = came ? few : Infinity;
      came = false;
      for (const take of waiting.splice(0, left)) takeUp(take);
      if (waiting.length || left < Infinity) endTurn();
    });
  };
  const takeUp = (take: () => void): void => {
    left--;
    take();
  };
  app.server.on('connection', () => {
    came = true;
    left = Math.min(left, few);
    endTurn();
  });
  app.addHook('onRequest', ({ raw: { socket } }, { raw }, done) => {
    if (left > 0 && !waiting.length) return takeUp(done);
    if (waiting.length >= most) return done(overloaded);
    // Nothing is begun for who has gone meanwhile. An answer that others stand before has no socket yet, so it is the
    // request's that tells.
    waiting.push(() => {
      if (!raw.closed && !socket.destroyed) done();
    });
  });
}
