import type { Blueprint } from '../../blueprint';
import { throughFactsStatement } from '../../derive/hops';
import { hub, type Asked, type Read } from './reach';
import type { Told } from './told';
import type { Trail } from './shortest';

interface Row extends Told {
  readonly count: number;
  readonly ways: readonly (readonly [weight: number, ids: readonly number[]])[];
}

/** Ways of equal length that are compared, and of equal weight that are read. */
const limits = { most: 200, lightest: 21, hub };

/**
 * One statement instead of several, where one way is wanted and all relationships lead from a thing to a fact or back:
 * then the shortest stored way is the shortest.
 */
export class ThroughFacts {
  readonly #types: ReadonlySet<string>;

  constructor(readonly blueprint: Blueprint) {
    const types = new Map<string, boolean>();
    for (const { nouns, relations } of blueprint.all.values())
      for (const { writes, among } of relations.values()) {
        if (!writes) continue;
        const facts = [nouns, among].map(
          (ends) =>
            ends.filter(({ interfaces }) => interfaces.includes('Fact')).length / ends.length,
        );
        const between = facts.includes(0) && facts.includes(1);
        types.set(writes, between && types.get(writes) !== false);
      }
    this.#types = new Set([...types].flatMap(([type, between]) => (between ? [type] : [])));
  }

  /** Whether these relationships all lead from things to facts. */
  serves(via: readonly string[]): boolean {
    return via.every((type) => this.#types.has(type));
  }

  /**
   * The shortest ways, those of the least weight, and what is told of them.
   * @param told whether their hops are told
   * @returns null where this search cannot tell
   */
  async find(
    read: Read,
    { ends, relations }: Asked,
    hops: number,
    told: boolean,
  ): Promise<{ readonly trails: readonly Trail[]; readonly told: Told } | null> {
    const text = throughFactsStatement(this.blueprint, relations, hops, limits, told);
    const [row] = (await read(text, { ends })) as [Row?];
    if (!row?.count) return { trails: [], told: { stops: [], links: [] } };
    const { ways } = row;
    const weights = ways.map(([weight]) => weight);
    const [least] = weights;
    if (row.count > limits.most || least === undefined) return null;
    if (ways.length === limits.lightest && weights[ways.length - 1] === least) return null;
    const trails = new Map<string, Trail>();
    ways.forEach(([, nodes], at) => {
      if (weights[at] === least) trails.set(nodes.join(), { nodes, weight: least });
    });
    return { trails: [...trails.values()], told: row };
  }
}
