import { setImmediate as turn } from 'node:timers/promises';

/** Milliseconds of work after which others have their turn. */
const shift = 5;

/**
 * Works one thing out after another, and lets others have their turn in between: one alone may take milliseconds.
 * @param signal ends it; its reason is thrown
 */
export async function inTurns<T, R>(
  things: readonly T[],
  signal: AbortSignal | undefined,
  work: (thing: T) => R,
): Promise<R[]> {
  const done: R[] = [];
  let since = performance.now();
  for (const thing of things) {
    done.push(work(thing));
    if (performance.now() - since < shift) continue;
    await turn();
    signal?.throwIfAborted();
    since = performance.now();
  }
  return done;
}
