import type { Caller } from './caller';
import { refusal } from './refusal';

/** How many times as much as one caller the callers of one network of 48 bits may have under way together. */
const site = 4;

/** How many requests of one network of 48 bits may be under way, where one caller may have `limit`. */
export const mostOfSite = (limit: number): number => site * limit;

/** Counts the requests of each caller that are under way, and those of each network of IPv6 that may hold many callers. */
export class InFlight {
  readonly #counts = new Map<string, number>();

  constructor(readonly limit: number) {}

  /**
   * @returns what to call when the request has ended
   * @throws Fault `RATE_LIMITED`, status 429 with Retry-After, where there are as many as may be
   */
  enter({ id, site }: Pick<Caller, 'id' | 'site'>): () => void {
    const most = mostOfSite(this.limit);
    this.#check(id, 'this caller', this.limit);
    if (site !== undefined) this.#check(site, `the network ${site}`, most);
    const names = site === undefined ? [id] : [id, site];
    for (const name of names) this.#counts.set(name, this.#countOf(name) + 1);
    return () => {
      for (const name of names) {
        const left = this.#countOf(name) - 1;
        if (left > 0) this.#counts.set(name, left);
        else this.#counts.delete(name);
      }
    };
  }

  #countOf(name: string): number {
    return this.#counts.get(name) ?? 0;
  }

  #check(name: string, whose: string, limit: number): void {
    const count = this.#countOf(name);
    if (count >= limit)
      throw refusal(
        'RATE_LIMITED',
        429,
        `${count} requests of ${whose} are under way, where ${limit} is the most.`,
        { found: count + 1, limit },
        { 'retry-after': '1' },
      );
  }
}
