import { LRUCache } from 'lru-cache';
import { refusal } from './refusal';

const hour = 3_600;

interface Window {
  spent: number;
  readonly ends: number;
}

/** What each caller has spent of the cost of an hour, which begins with the first request. */
export class Rate {
  /** Bounded: with more callers than this within an hour, who was longest away begins anew. */
  readonly #windows = new LRUCache<string, Window>({ max: 100_000 });

  constructor(
    readonly limit: number,
    readonly now: () => number = () => performance.now(),
  ) {}

  #window(caller: string): Window {
    const known = this.#windows.get(caller);
    if (known && known.ends > this.now()) return known;
    const fresh = { spent: 0, ends: this.now() + hour * 1_000 };
    this.#windows.set(caller, fresh);
    return fresh;
  }

  /**
   * Counts a cost before anything is done for it.
   * @throws Fault `RATE_LIMITED`, status 429 with Retry-After, where the hour does not have that much left
   */
  spend(caller: string, cost: number): void {
    const window = this.#window(caller);
    if (window.spent + cost > this.limit) {
      const wait = this.#left(window);
      throw refusal(
        'RATE_LIMITED',
        429,
        `This costs ${cost}, and of ${this.limit} an hour ${this.limit - window.spent} is left; the next hour begins in ${wait} s.`,
        { cost, limit: this.limit, remaining: this.limit - window.spent },
        { 'retry-after': String(wait) },
      );
    }
    window.spent += cost;
  }

  /** The headers that tell a caller what is left. */
  headers(caller: string): Record<string, string> {
    const window = this.#window(caller);
    return {
      'ratelimit-policy': `"cost";q=${this.limit};w=${hour}`,
      ratelimit: `"cost";r=${this.limit - window.spent};t=${this.#left(window)}`,
    };
  }

  #left(window: Window): number {
    return Math.ceil((window.ends - this.now()) / 1_000);
  }
}
