import neo4j from 'neo4j-driver';
import { constant } from '../../derive/names';
import { NodeRef } from '../../query/reference';
import { direct, type Hops } from './reach';
import type { Sentence, Wordings } from './wording';

type Stop = readonly [id: number, noun: string, key: string, name: string, nameZh: string | null];
type Link = readonly [
  type: string,
  onwards: boolean,
  certainty: string | null,
  citations: readonly string[],
];
type Fact = readonly [
  noun: string,
  key: string,
  label: string,
  labelZh: string | null,
  certainty: string,
  citations: readonly string[],
];
type Join = readonly [
  from: number,
  to: number,
  fact: number,
  link: Link,
  beyond: Link | null,
  told: Fact | null,
];

export interface Told {
  readonly stops: readonly Stop[];
  readonly links: readonly Join[];
}

/** One hop, told. */
export interface Step {
  readonly from: NodeRef;
  readonly relation: string;
  readonly forward: boolean;
  readonly to: NodeRef;
  readonly fact: NodeRef | null;
  readonly sentence: string;
  readonly sentenceZh: string;
  readonly certainty: string | null;
  readonly citations: readonly NodeRef[];
  readonly others: number;
}

/** Facts of one hop that are read at the most, to choose the surest from. */
const mostFacts = 20;
const mostCitations = 20;

const sureness = ['STATED', 'DERIVED', 'INFERRED', 'UNNAMED', 'UNLABELLED', 'MISSING'];
const doubt = (certainty: string | null): number =>
  certainty === null ? 0 : Math.max(0, sureness.indexOf(certainty));

/** What is told of a hop beside its ends. */
export const toldFields = [
  'relation',
  'forward',
  'fact',
  'sentence',
  'sentenceZh',
  'certainty',
  'citations',
  'others',
];

/**
 * What must be read of these ways: the parameters of `joinStatement`.
 * @param told whether their hops are told
 */
export function wanted(
  trails: readonly (readonly number[])[],
  onward: Hops,
  told: boolean,
): object {
  const ids = new Set(trails.flat());
  const pairs = new Map<string, readonly [number, number]>();
  for (const trail of trails)
    trail.slice(1).forEach((to, at) => {
      const from = trail[at] as number;
      pairs.set(`${from} ${to}`, [from, to]);
    });
  const hops = told ? [...pairs.values()] : [];
  const joins = ([from, to]: readonly [number, number]) => onward.get(from)?.get(to) ?? [];
  const numbers = (list: readonly number[]) => list.map((id) => neo4j.int(id));
  return {
    ids: numbers([...ids]),
    pairs: hops.filter((hop) => joins(hop).includes(direct)).map(numbers),
    triples: hops.flatMap((hop) =>
      joins(hop)
        .filter((fact) => fact !== direct)
        .slice(0, mostFacts)
        .map((fact) => numbers([hop[0], fact, hop[1]])),
    ),
  };
}

/** Tells ways in sentences, from what was read of them. */
export class Teller {
  readonly #stops: ReadonlyMap<number, Stop>;
  readonly #joins = new Map<string, Join[]>();

  /**
   * @param walked whether a link may be walked, where only some may
   * @param onward all that joins what is told of, where that is more than was read to be told
   */
  constructor(
    { stops, links }: Told,
    readonly words: Wordings,
    walked: (type: string, onwards: boolean) => boolean = () => true,
    readonly onward?: Hops,
  ) {
    this.#stops = new Map(stops.map((stop) => [stop[0], stop]));
    for (const join of links) {
      if (![join[3], join[4]].every((link) => !link || walked(link[0], link[1]))) continue;
      const place = `${join[0]} ${join[1]}`;
      this.#joins.set(place, [...(this.#joins.get(place) ?? []), join]);
    }
    for (const joins of this.#joins.values()) joins.sort(surer);
  }

  /** What a way is ordered by after all else: the keys that it leads along. */
  name(trail: readonly number[]): string {
    return trail.map((id) => this.#stops.get(id)?.slice(1, 3).join(':')).join(' ');
  }

  /** The steps of a way. No fact makes two of them where another can stand for it. */
  steps(trail: readonly number[]): (Step | Pick<Step, 'from' | 'to'>)[] {
    const used = new Set<number>();
    return trail.slice(1).map((to, at) => {
      const from = trail[at] as number;
      const joins = this.#joins.get(`${from} ${to}`) ?? [];
      const join = joins.find(([, , fact]) => fact === direct || !used.has(fact)) ?? joins[0];
      const ends = { from: named(this.#stop(from)), to: named(this.#stop(to)) };
      if (!join) return ends;
      used.add(join[2]);
      const known = this.onward?.get(from)?.get(to)?.length ?? joins.length;
      return { ...ends, ...this.#step(this.#stop(from), join, this.#stop(to), known - 1) };
    });
  }

  #stop(id: number): Stop {
    return this.#stops.get(id) as Stop;
  }

  #step(
    from: Stop,
    [, , , link, beyond, fact]: Join,
    to: Stop,
    others: number,
  ): Omit<Step, 'from' | 'to'> {
    const links = beyond ? [link, beyond] : [link];
    const { en, zh } = fact
      ? this.#through(from, link, fact, beyond as Link, to)
      : this.#say(from, link, to);
    const certainty = [...links.map((each) => each[2]), fact?.[4] ?? null].reduce((a, b) =>
      doubt(b) > doubt(a) || a === null ? b : a,
    );
    const citations = [...(fact?.[5] ?? []), ...links.flatMap((each) => each[3])];
    return {
      relation: fact ? constant(fact[0]) : link[0],
      forward: links.some((each) => each[1]),
      fact:
        fact &&
        new NodeRef(fact[0], fact[1], { label: fact[2], labelZh: fact[3], certainty: fact[4] }),
      sentence: en,
      sentenceZh: zh,
      certainty,
      citations: [...new Set(citations)]
        .slice(0, mostCitations)
        .map((key) => new NodeRef('Citation', key)),
      others,
    };
  }

  #say(from: Stop, [type, onwards]: Link, to: Stop): Sentence {
    const [subject, object] = onwards ? [from, to] : [to, from];
    return this.words.say(
      subject[1],
      type,
      { name: subject[3], nameZh: subject[4] },
      { name: object[3], nameZh: object[4] },
    );
  }

  /** Both halves of a hop through a fact; the fact is named once, and then "it". */
  #through(
    from: Stop,
    link: Link,
    [noun, key, label, labelZh]: Fact,
    beyond: Link,
    to: Stop,
  ): Sentence {
    const first = this.#say(from, link, [0, noun, key, label, labelZh]);
    const second = this.#say([0, noun, key, 'it', '它'], beyond, to);
    return { en: `${first.en}; ${second.en}`, zh: `${first.zh}；${second.zh}` };
  }
}

function named([, noun, key, name, nameZh]: Stop): NodeRef {
  return new NodeRef(noun, key, { name, nameZh });
}

/** The surer first; of equals, a relationship before a fact, then by type and key. */
function surer(a: Join, b: Join): number {
  const least = ([, , , link, beyond, fact]: Join) =>
    Math.max(doubt(link[2]), doubt(beyond?.[2] ?? null), doubt(fact?.[4] ?? null));
  const text = ([, , , link, beyond, fact]: Join) =>
    `${fact ? 1 : 0} ${link[0]} ${beyond?.[0] ?? ''} ${fact?.[0] ?? ''} ${fact?.[1] ?? ''}`;
  const [x, y] = [text(a), text(b)];
  return least(a) - least(b) || (x === y ? 0 : x < y ? -1 : 1);
}
