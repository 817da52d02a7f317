import { setMaxListeners } from 'node:events';

/** One execution, and how many wait for it. */
interface Flight<T> {
  /** Let go once it is there: the map's old tables hold each other, and what is in them, until all are collected. */
  result: Promise<T> | undefined;
  readonly ends: AbortController;
  /** When it began, in milliseconds of `performance.now()`. */
  readonly began: number;
  waiting: number;
  /** Takes it out: who comes now begins another. */
  readonly over: () => void;
}

/**
 * Executions under way: whoever asks the same meanwhile waits for the one that has begun. Who goes away leaves it to the
 * others; when all are gone it is ended.
 */
export class Flights<T> {
  readonly #flights = new Map<string, Flight<T>>();

  /**
   * @param same what must be the same for two to share
   * @param within milliseconds: one that began longer ago is not waited for, since it may not show what was committed then
   * @param signal fires when this caller goes away: then it waits no longer, and the promise is rejected with the reason
   * @param work executes; its signal fires when no one waits any more
   */
  join(
    same: string,
    within: number,
    signal: AbortSignal | undefined,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const flights = this.#flights;
    const now = performance.now();
    const under = flights.get(same);
    if (under?.result && now - under.began <= within) return wait(under, under.result, signal);
    const ends = new AbortController();
    // Every statement listens, and there may be many.
    setMaxListeners(0, ends.signal);
    const result = work(ends.signal);
    const begun: Flight<T> = {
      result,
      ends,
      began: now,
      waiting: 0,
      over: () => {
        begun.result = undefined;
        if (flights.get(same) === begun) flights.delete(same);
      },
    };
    flights.set(same, begun);
    result.then(begun.over, begun.over);
    return wait(begun, result, signal);
  }
}

function wait<T>(
  flight: Flight<T>,
  result: Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  flight.waiting++;
  if (!signal) return result;
  return new Promise((resolve, reject) => {
    const leave = () => {
      if (--flight.waiting) return reject(signal.reason as Error);
      flight.over();
      // The execution says itself how it was ended.
      flight.ends.abort(signal.reason);
    };
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave, { once: true });
    const stay = () => signal.removeEventListener('abort', leave);
    result.then(resolve, reject).finally(stay);
  });
}
