import type { Blueprint } from '../blueprint';
import { constant } from '../derive/names';

/** Nouns as labels in the graph and as values of `EntityType`. */
export class Nouns {
  readonly #names: ReadonlySet<string>;
  readonly #byType: ReadonlyMap<string, string>;

  constructor({ nouns }: Blueprint) {
    this.#names = new Set(nouns.map(({ name }) => name));
    this.#byType = new Map(nouns.map(({ name }) => [constant(name), name]));
  }

  /** The noun among a node's labels. */
  of(labels: readonly string[]): string {
    return labels.find((label) => this.#names.has(label)) ?? '';
  }

  /** The nouns that an argument names, or null where it names none. */
  named(types: readonly string[] | null | undefined): ReadonlySet<string> | null {
    return types ? new Set(types.map((type) => this.#byType.get(type) ?? '')) : null;
  }
}
