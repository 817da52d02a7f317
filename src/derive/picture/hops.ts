import type { Blueprint } from '../../blueprint';
import { jointsOf, sortJoints } from '../joints';

/** What of a graph a picture shows; each shape has statements of its own. */
export interface PictureShape {
  /** Relationship types, from `relationTypes`. */
  readonly relations: readonly string[];
  /** Nouns, or null for all. */
  readonly types: readonly string[] | null;
  /** Whether only what some datasets speak of counts. */
  readonly datasets: boolean;
  /** Whether a fact that joins two things is a line between them. */
  readonly fold: boolean;
  /** Whether hops may start at a fact though facts are folded: where one was asked for. */
  readonly fromFacts: boolean;
}

/** How hops are read. */
export interface Reading {
  /** What a branch returns; it is told the relationship at the far end and the fact, or `null`. */
  readonly row: (last: string, fact: string) => string;
  /** Conditions on `n`. */
  readonly before?: readonly string[];
  /** How much is read of one node at the most: a parameter or a number. */
  readonly bound?: string;
  /** `->` where only what leads away counts, between things. */
  readonly arrow?: '-' | '->';
  /** Only along this type. */
  readonly along?: string;
}

/** Finds a node by its noun and key. `k`: `[noun, key]` -> `n` */
export const findNode =
  'CALL (k) { MATCH (n:Entity {key: k[1]}) WHERE k[0] IN labels(n) RETURN n ' +
  'UNION MATCH (n:Fact {key: k[1]}) WHERE k[0] IN labels(n) RETURN n }';

/** A fact that is lost is not drawn. */
const stated = `fact.certainty <> 'MISSING'`;
const known = (name: string): string => `NOT coalesce(${name}.certainty = 'MISSING', false)`;

/** Hops of one shape as Cypher: from `n` to `m`, through `fact` where facts are folded. */
export class Hops {
  /** Relationship types that may be taken: between things, with a fact at an end, and both together. */
  readonly things: readonly string[];
  readonly facts: readonly string[];
  readonly all: readonly string[];
  /** Those by which a fact may lead on, whichever it was reached by. */
  readonly #onwards: readonly string[];

  constructor(
    readonly blueprint: Blueprint,
    readonly shape: PictureShape,
  ) {
    const joints = jointsOf(blueprint);
    const asked = joints.filter(({ type }) => shape.relations.includes(type));
    ({ things: this.things, facts: this.facts } = sortJoints(asked));
    this.#onwards = sortJoints(joints).facts;
    this.all = [...new Set([...this.things, ...this.facts])].sort();
  }

  /** Conditions that make a node one that can come in. */
  may(name: string): string[] {
    const { types } = this.shape;
    const drawn = types ? [types.length ? `${name}:${types.join('|')}` : 'false'] : [];
    return [...drawn, ...this.#spoken(name)];
  }

  /** One hop, as branches of a union. */
  branches({ row, before = [], bound, arrow = '-', along }: Reading): string[] {
    const branches: string[] = [];
    const cut = (names: string) => (bound ? ` WITH ${names} LIMIT ${bound}` : '');
    const named = (types: readonly string[]) =>
      along ? (types.includes(along) ? along : '') : types.join('|');
    const direct = (n: string, types: string, m: string, more: readonly string[] = []) => {
      if (types)
        branches.push(
          `MATCH (${n})-[r:${types}]${arrow}(${m})${where([...before, ...more, ...this.#said()])}${cut('r, m')} RETURN ${row('r', 'null')}`,
        );
    };
    if (!this.shape.fold) {
      direct('n', named(this.all), 'm', [known('m')]);
      return branches;
    }
    direct('n', named(this.things), 'm:Entity');
    if (this.shape.fromFacts) direct('n:Fact', named(this.facts), 'm:Entity');
    if (named(this.facts))
      branches.push(
        `MATCH (n${this.shape.fromFacts ? ':Entity' : ''})-[r:${named(this.facts)}]-(fact:Fact)${where([...before, stated, ...this.#said(), ...this.#spoken('fact')])}` +
          `${cut('r, fact')} MATCH (fact)-[last:${this.#onwards.join('|')}]-(m:Entity) WHERE m <> n${cut('r, fact, last, m')} RETURN ${row('last', 'fact')}`,
      );
    return branches;
  }

  /** That datasets which were asked for speak of it. */
  #spoken(name: string): string[] {
    return this.shape.datasets ? [`any(d IN ${name}.datasets WHERE d IN $p.datasets)`] : [];
  }

  /** The same of a relationship, which need not say so. */
  #said(): string[] {
    return this.#spoken('r').map((each) => `(r.datasets IS NULL OR ${each})`);
  }
}

/** ` WHERE` with conditions that all must hold, empty ones left out; nothing where there are none. */
export function where(conditions: readonly string[]): string {
  const real = conditions.filter(Boolean);
  return real.length ? ` WHERE ${real.join(' AND ')}` : '';
}
