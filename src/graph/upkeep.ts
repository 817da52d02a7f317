import type { Graph } from './graph';
import { missing, nameOf, prepare } from './prepare';

/** Looks after the constraints and indexes of a graph while it is served: what was dropped is made again. */
export class Upkeep {
  #looked = -Infinity;
  #mending = false;
  #lack: readonly string[] = [];
  #why: string | undefined;

  /** @param every milliseconds for which a look is enough */
  constructor(
    readonly graph: Graph,
    readonly constraints: readonly string[],
    readonly every = 2_000,
  ) {}

  /**
   * Names of what is missing, with the reason where it cannot be made; making it is not waited for. While the database
   * does not answer, what was known before.
   */
  async look(): Promise<{ readonly missing: readonly string[]; readonly why?: string }> {
    if (performance.now() - this.#looked >= this.every) {
      this.#looked = performance.now();
      try {
        this.#lack = (await missing(this.graph, this.constraints, 1_000)).map(nameOf);
        if (this.#lack.length) void this.#mend();
        else this.#why = undefined;
      } catch {
        this.#looked = -Infinity;
      }
    }
    return { missing: this.#lack, why: this.#why };
  }

  async #mend(): Promise<void> {
    if (this.#mending) return;
    this.#mending = true;
    try {
      await prepare(this.graph, this.constraints);
      this.#looked = -Infinity;
    } catch (error) {
      this.#why = (error as Error).message;
    } finally {
      this.#mending = false;
    }
  }
}
