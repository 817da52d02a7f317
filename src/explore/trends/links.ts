import neo4j from 'neo4j-driver';
import { joinStatement } from '../../derive/hops';
import { trendLinksStatement, type LinkKind } from '../../derive/trend-links';
import type { Blueprint } from '../../blueprint';
import { relationTypes } from '../../derive/neighbourhood';
import type { Context } from '../../query/execute';
import type { Hops } from '../paths/reach';
import { Teller, wanted, type Told } from '../paths/told';
import { Wordings } from '../paths/wording';

/** One way from a trend to a company. */
export interface Way {
  readonly kind: LinkKind;
  readonly strength: number;
  readonly trail: readonly number[];
}

/** A trend and a company. */
export interface Link {
  readonly key: string;
  readonly strength: number;
  /** How many ways there are in all. */
  readonly ways: number;
  /** The strongest of each kind, the strongest first. */
  readonly best: readonly Way[];
}

export interface Links {
  readonly total: number;
  readonly links: readonly Link[];
}

type WayRow = readonly [LinkKind, number, ids: readonly number[], facts: readonly number[]];
type Row = readonly [
  key: string,
  total: number,
  page: readonly (readonly [
    key: string,
    strength: number,
    ways: number,
    best: readonly WayRow[],
  ])[],
];

export interface Asked {
  readonly kinds: readonly LinkKind[] | null;
  readonly first: number;
  readonly after: readonly [strength: number, key: string] | null;
}

/** Reads what links trends and companies, and tells it. */
export class TrendLinks {
  readonly #joins: string;
  readonly #relations: readonly string[];
  readonly #words: Wordings;

  constructor(blueprint: Blueprint) {
    this.#joins = joinStatement(blueprint);
    this.#relations = relationTypes(blueprint);
    this.#words = new Wordings(blueprint);
  }

  /** The links of some trends or companies: one statement for all of them, and one for the words. */
  async read(
    { engine, request }: Context,
    from: 'Trend' | 'Company',
    keys: readonly string[],
    { kinds, first, after }: Asked,
  ): Promise<{ readonly links: ReadonlyMap<string, Links>; readonly teller: Teller }> {
    const read = async (text: string, p: object) => {
      request.statements++;
      return (await engine.graph.read(text, p, { signal: request.signal })).rows;
    };
    const p = { keys, kinds, after, first: neo4j.int(first) };
    const rows = (await read(trendLinksStatement(from), p)) as Row[];
    const onward = new Map<number, Map<number, number[]>>();
    const found = rows.map(([key, total, page]) => {
      const links = page.map(([other, strength, ways, best]): Link => ({
        key: other,
        strength,
        ways,
        best: best
          .map(([kind, own, trail, facts]) => {
            trail.slice(1).forEach((to, at) => {
              const targets = onward.get(trail[at] as number) ?? new Map<number, number[]>();
              onward.set(trail[at] as number, targets);
              targets.set(to, [...new Set([...(targets.get(to) ?? []), facts[at] as number])]);
            });
            return { kind, strength: own, trail };
          })
          .sort((a, b) => b.strength - a.strength),
      }));
      return [key, { total, links }] as const;
    });
    const trails = found.flatMap(([, { links }]) =>
      links.flatMap(({ best }) => best.map(({ trail }) => trail)),
    );
    return { links: new Map(found), teller: await this.#tell(read, trails, onward) };
  }

  async #tell(
    read: (text: string, p: object) => Promise<readonly unknown[]>,
    trails: readonly (readonly number[])[],
    onward: Hops,
  ): Promise<Teller> {
    if (!trails.length) return new Teller({ stops: [], links: [] }, this.#words);
    const p = { ...wanted(trails, onward, true), relations: this.#relations };
    const [told] = (await read(this.#joins, p)) as [Told];
    return new Teller(told, this.#words);
  }
}
