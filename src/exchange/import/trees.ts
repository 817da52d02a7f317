import type { Noun } from '../../blueprint';
import * as statements from '../../derive/statements';
import { isTree } from '../../derive/trees';
import { grouped, type Run } from '../load/context';
import type { Wanted } from './ones';

/** Knows what lies above what, in the graph and in the links that were let through. */
export class Trees {
  readonly #up = new Map<string, Set<string>>();

  static async of(run: Run, wanted: readonly Wanted[]): Promise<Trees> {
    const trees = new Trees();
    const links = wanted.filter(({ ref, own }) => isTree(own.noun, ref.relation.written.relation));
    const groups = grouped(
      links,
      ({ ref, own }) => `${own.noun.name} ${ref.relation.written.relation.writes}`,
    );
    for (const group of groups.values()) {
      const [{ ref, own }] = group as [Wanted];
      const type = ref.relation.written.relation.writes;
      const keys = [...new Set(group.flatMap(({ own: a, target: b }) => [a.key, b.key]))];
      for (const [key, above] of (await run(statements.above(own.noun, type), { keys })) as [
        string,
        string[],
      ][])
        for (const each of above) if (each !== key) trees.#add(own.noun, type, key, each);
    }
    return trees;
  }

  /** A sentence on the circle that the link would close; undefined where it closes none, and then it stands. */
  refuses({ ref, own, target }: Wanted): string | undefined {
    const { relation, reversed } = ref.relation.written;
    if (!isTree(own.noun, relation)) return undefined;
    const [from, to] = reversed ? [target, own] : [own, target];
    const way = this.#way(from.noun, relation.writes, to.key, from.key);
    if (way) return `leads back to itself: ${[from.key, ...way].join(' -> ')}.`;
    this.#add(from.noun, relation.writes, from.key, to.key);
    return undefined;
  }

  #add(noun: Noun, type: string, from: string, to: string): void {
    const place = `${noun.name} ${type} ${from}`;
    const above = this.#up.get(place) ?? new Set();
    this.#up.set(place, above.add(to));
  }

  /** The way up from one node to another, both named; null where there is none. */
  #way(
    noun: Noun,
    type: string,
    from: string,
    to: string,
    met = new Set<string>(),
  ): string[] | null {
    if (from === to) return [from];
    if (met.has(from)) return null;
    met.add(from);
    for (const above of this.#up.get(`${noun.name} ${type} ${from}`) ?? []) {
      const way = this.#way(noun, type, above, to, met);
      if (way) return [from, ...way];
    }
    return null;
  }
}
