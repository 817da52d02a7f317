import { Fault } from '../../errors';
import { refusal } from './refusal';

/** Lets so many run at the same time and twice as many wait, first come, first served. */
export class Queue {
  #running = 0;
  readonly #waiting = new Set<() => void>();

  constructor(readonly size: number) {}

  /** How many run and how many wait. */
  get load(): { readonly running: number; readonly waiting: number } {
    return { running: this.#running, waiting: this.#waiting.size };
  }

  /**
   * Runs the work in its turn.
   * @throws Fault `OVERLOADED`, status 503 with Retry-After, where too many wait already; `TIMEOUT`, with the same status,
   * where the signal fires before the turn comes
   */
  async run<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    if (this.#running < this.size) this.#running++;
    else await this.#turn(signal);
    try {
      return await work();
    } finally {
      // Who comes next takes over the place.
      const [next] = this.#waiting;
      if (next) next();
      else this.#running--;
    }
  }

  /** Why nobody may come now; undefined while there is room. */
  get full(): Fault | undefined {
    return this.#running >= this.size && this.#waiting.size >= 2 * this.size
      ? overloaded
      : undefined;
  }

  #turn(signal: AbortSignal | undefined): Promise<void> {
    const { full } = this;
    if (full) throw full;
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.#waiting.delete(come);
        const { message } = signal?.reason instanceof Fault ? signal.reason : ended;
        // Nothing was begun: another server, or the same in a moment, may have room.
        reject(refusal('TIMEOUT', 503, message, {}, { 'retry-after': '1' }));
      };
      const come = (): void => {
        this.#waiting.delete(come);
        signal?.removeEventListener('abort', leave);
        resolve();
      };
      if (signal?.aborted) return leave();
      this.#waiting.add(come);
      signal?.addEventListener('abort', leave, { once: true });
    });
  }
}

const ended = new Fault('TIMEOUT', 'The call was ended.');

/** Made once: a refusal must cost next to nothing, and where it was thrown tells nothing. */
export const overloaded = refusal(
  'OVERLOADED',
  503,
  'Too many ask just now. Try again in a moment.',
  {},
  { 'retry-after': '1' },
);
