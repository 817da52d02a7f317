import { refusal } from './refusal';

/** Counts the requests of each caller that are under way. */
export class InFlight {
  readonly #counts = new Map<string, number>();

  constructor(readonly limit: number) {}

  /**
   * @returns what to call when the request has ended
   * @throws Fault `RATE_LIMITED`, status 429 with Retry-After, where there are as many as may be
   */
  enter(caller: string): () => void {
    const count = this.#counts.get(caller) ?? 0;
    if (count >= this.limit)
      throw refusal(
        'RATE_LIMITED',
        429,
        `${count} requests of this caller are under way, where ${this.limit} is the most.`,
        { found: count + 1, limit: this.limit },
        { 'retry-after': '1' },
      );
    this.#counts.set(caller, count + 1);
    return () => {
      const left = (this.#counts.get(caller) ?? 1) - 1;
      if (left) this.#counts.set(caller, left);
      else this.#counts.delete(caller);
    };
  }
}
