import neo4j from 'neo4j-driver';
import { countStatement, hitsStatement } from '../../derive/search-statements';
import type { Context } from '../../query/execute';
import { compare } from '../../support/compare';
import type { Place } from './cursor';
import type { Nouns } from '../nouns';

/** How many hits of the index are ranked at first, and at the most. */
const first = 128;
const most = 4_096;

export interface Hit {
  readonly type: string;
  readonly key: string;
  /** Whether one of its names is the very text. */
  readonly exact: boolean;
  /** What it is ordered by: the score; of exact hits 0, since all fit equally well. */
  readonly weight: number;
  readonly degree: number;
  readonly score: number;
  /** How it is called. */
  readonly known: Readonly<Record<string, string | null>>;
}

/** What is looked for. */
export interface Question {
  /** Lucene's syntax. */
  readonly query: string;
  /** The text folded, as it may be written; none where no name is such a text. */
  readonly texts: readonly string[];
  readonly types: ReadonlySet<string> | null;
}

export interface Hits {
  /** In their order. */
  readonly page: readonly Hit[];
  /** How many stand before the page. */
  readonly before: number;
  readonly more: boolean;
  /** Whether the page may lack hits that fit as well as its last. */
  readonly cut: boolean;
  /** All hits, where they were all seen. */
  readonly all: readonly Hit[] | null;
}

type Ordered = Omit<Hit, 'score' | 'known'>;

/** Exact names first, then by score, then the better connected, then by key. */
function inOrder(a: Ordered, b: Ordered): number {
  return (
    Number(b.exact) - Number(a.exact) ||
    b.weight - a.weight ||
    b.degree - a.degree ||
    compare(a.key, b.key) ||
    compare(a.type, b.type)
  );
}

/**
 * A page of hits. The index is asked for its best, and for more of them until none that was not seen can belong on the
 * page: hits of equal score are told apart by how well they are connected, which the index does not know.
 */
export async function findPage(
  context: Context,
  nouns: Nouns,
  { query, texts, types }: Question,
  count: number,
  after: Place | null,
): Promise<Hits> {
  for (let window = Math.min(most, first + (after?.at ?? 0) + count); ; window *= 4) {
    const size = Math.min(most, window);
    context.request.statements++;
    const { rows } = await context.engine.graph.read(
      hitsStatement,
      { query, texts, window: neo4j.int(size), types: types && [...types] },
      { signal: context.request.signal },
    );
    const [ofIndex, lowest, found] = rows[0] as Row;
    const whole = ofIndex < size;
    const hits = found.map((row) => readHit(row, nouns)).sort(inOrder);
    const before = after ? placeAfter(hits, after) : 0;
    const page = hits.slice(before, before + count);
    // What was not seen scores no better than the lowest of what was.
    const sure = hits
      .slice(before, before + count + 1)
      .filter(({ exact, score }) => exact || score > (lowest ?? Infinity)).length;
    if (whole || sure > count || size === most)
      return {
        page,
        before,
        more: hits.length > before + count,
        cut: !whole && sure < Math.min(count + 1, page.length + 1),
        all: whole ? hits : null,
      };
  }
}

type Row = readonly [ofIndex: number, lowest: number | null, hits: readonly HitRow[]];

type HitRow = readonly [
  labels: readonly string[],
  key: string,
  exact: boolean,
  score: number,
  degree: number,
  name: string | null,
  nameZh: string | null,
  label: string | null,
  labelZh: string | null,
];

function readHit(
  [labels, key, exact, score, degree, name, nameZh, label, labelZh]: HitRow,
  nouns: Nouns,
): Hit {
  const known = { name, nameZh, label, labelZh };
  return { type: nouns.of(labels), key, exact, weight: exact ? 0 : score, degree, score, known };
}

/** Where the page after a cursor begins: after its hit if that is still there, else where it would stand. */
function placeAfter(hits: readonly Hit[], after: Place): number {
  const there = hits.findIndex(({ type, key }) => type === after.type && key === after.key);
  if (there >= 0) return there + 1;
  const next = hits.findIndex((hit) => inOrder(hit, after) > 0);
  return next < 0 ? hits.length : next;
}

/** How many hits there are of each noun, the most first. */
export async function countHits(
  context: Context,
  nouns: Nouns,
  { query, texts, types }: Question,
  all: readonly Hit[] | null,
): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  const add = (type: string, count: number) => {
    if (!types || types.has(type)) counts.set(type, (counts.get(type) ?? 0) + count);
  };
  if (all) for (const { type } of all) add(type, 1);
  else {
    context.request.statements++;
    const { rows } = await context.engine.graph.read(
      countStatement,
      { query, texts },
      { signal: context.request.signal },
    );
    for (const [labels, count] of rows as [string[], number][]) add(nouns.of(labels), count);
  }
  return new Map([...counts].sort(([a, x], [b, y]) => y - x || compare(a, b)));
}
