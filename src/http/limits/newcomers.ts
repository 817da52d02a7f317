import type { FastifyInstance } from 'fastify';

/** How many requests are taken up in a turn of the event loop while callers wait to be let in. */
const few = 4;

/**
 * Lets callers in before it answers those who are in. Node takes one connection in each turn of the event loop (libuv
 * since 1.45), so where a turn answers hundreds, a newcomer would wait for seconds before he is so much as refused. While
 * they come, a turn takes up a few requests only; the others follow in the order in which they came.
 */
export function letIn(app: FastifyInstance): void {
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
  app.addHook('onRequest', (_request, { raw }, done) => {
    if (left > 0 && !waiting.length) return takeUp(done);
    // Who has gone meanwhile would be counted as one who is still here: his leaving was told before anybody listened.
    waiting.push(() => {
      if (!raw.closed && !raw.socket?.destroyed) done();
    });
  });
}
