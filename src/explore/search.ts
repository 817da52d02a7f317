import type { GraphQLFieldResolver } from 'graphql';
import type { Blueprint } from '../blueprint';
import { connectionFields, object } from '../derive/common-types';
import { searchColumns, searchStatement } from '../derive/full-text';
import { constant } from '../derive/names';
import type { Verb } from '../derive/schema';
import { arg, field } from '../derive/spec';
import neo4j from 'neo4j-driver';
import { badInput, quote } from '../errors';
import type { Context } from '../query/execute';
import { NodeRef } from '../query/reference';
import { fold } from '../support/fold';
import { within } from './within';
import { luceneQuery, wordsOf } from './lucene';

/** How many hits are ranked; past that the answer says that it is cut. */
const most = 2_000;
const longest = 10_000;

type Texts = Readonly<Record<string, string | readonly string[] | null>>;
type Row = readonly [
  type: string,
  key: string,
  rank: number,
  score: number,
  degree: number,
  texts: Texts,
];

interface Hit {
  readonly type: string;
  readonly key: string;
  /** What it is ordered by. */
  readonly by: readonly [rank: number, score: number, degree: number];
  readonly texts: Texts;
}

/** `search` over names and words, and `suggest` for typing along. */
export function searchVerb(blueprint: Blueprint): Verb {
  const statement = searchStatement(blueprint);
  const columns = searchColumns(blueprint);
  const find = async (
    context: Context,
    text: string,
    types: readonly string[] | null,
  ): Promise<Hit[]> => {
    if (text.length > longest)
      throw badInput('text', `is ${text.length} characters long; ${longest} is the most.`);
    const query = luceneQuery(text);
    if (!query) return [];
    const labels = types?.map(
      (type) => blueprint.nouns.find((noun) => constant(noun.name) === type)?.name,
    );
    context.request.statements++;
    const { rows } = await context.engine.graph.read(
      statement,
      { query, text: fold(text.trim()), types: labels ?? null, most: neo4j.int(most) },
      { signal: context.request.signal },
    );
    return (rows as Row[])
      .map(([type, key, ...by]) => ({
        type,
        key,
        by: [by[0], by[1], by[2]] as const,
        texts: by[3],
      }))
      .sort(before);
  };
  const search: GraphQLFieldResolver<unknown, Context> = async (_source, args, context) => {
    const {
      text,
      types,
      first = 20,
      after,
    } = args as { text: string; types?: string[]; first?: number | null; after?: string | null };
    const count = within('first', first ?? 20, 0, 100);
    const hits = await find(context, text, types ?? null);
    const start = after ? hits.findIndex((hit) => before(hit, readAfter(after)) > 0) : 0;
    const page = start < 0 ? [] : hits.slice(start, start + count);
    const words = wordsOf(text);
    const edges = page.map((hit) => ({
      cursor: cursorOf(hit),
      node: new NodeRef(hit.type, hit.key),
      score: hit.by[1],
      matched: matchedIn(hit.texts, columns, words),
    }));
    const truncated = hits.length >= most;
    return {
      nodes: edges.map(({ node }) => node),
      edges,
      totalCount: hits.length,
      types: facets(hits),
      pageInfo: {
        startCursor: edges[0]?.cursor ?? null,
        endCursor: edges[edges.length - 1]?.cursor ?? null,
        hasNextPage: start >= 0 && start + count < hits.length,
        hasPreviousPage: start > 0,
      },
      completeness: {
        returned: page.length,
        total: truncated ? null : hits.length,
        truncated,
        reason: truncated ? `Only the best ${most} hits are ranked.` : null,
      },
    };
  };
  const suggest: GraphQLFieldResolver<unknown, Context> = async (_source, args, context) => {
    const { text, first } = args as { text: string; first?: number | null };
    const hits = await find(context, text, null);
    const named = hits.filter(({ texts }) => texts.name);
    return named.slice(0, within('first', first ?? 8, 0, 100)).map((hit) => ({
      text: hit.texts.name,
      textZh: hit.texts.nameZh ?? null,
      node: new NodeRef(hit.type, hit.key),
    }));
  };
  return {
    types: [
      object('SearchMatch', 'Where the text was found.', [
        field('field', 'String!', 'The field.'),
        field('fragment', 'String!', 'The words around it.'),
      ]),
      object('SearchEdge', 'One hit.', [
        field('cursor', 'String!', 'For `after`.'),
        field('node', 'Node!', 'What was found.'),
        field('score', 'Float!', 'How well it fits; of one search alone.'),
        field('matched', 'SearchMatch', 'Where the text was found.'),
      ]),
      object('SearchFacet', 'How many hits are of one noun.', [
        field('type', 'EntityType!', 'The noun.'),
        field('count', 'Int!', 'How many.'),
      ]),
      object('SearchConnection', 'What was found, the best first.', [
        field('nodes', '[Node!]!', 'The page.'),
        field('edges', '[SearchEdge!]!', 'The page, each with its cursor.'),
        field('types', '[SearchFacet!]!', 'How many hits are of which noun.'),
        ...connectionFields,
      ]),
      object('Suggestion', 'A name that fits what was typed.', [
        field('text', 'String!', 'The name.'),
        field('textZh', 'String', 'The Chinese name.'),
        field('node', 'Node!', 'Whose name it is.'),
      ]),
    ],
    roots: [
      field(
        'search',
        'SearchConnection!',
        'Finds by names and words: Chinese by any part, Latin by the beginning and with a slip.',
        [
          arg('text', 'String!', 'What to look for; 10,000 characters at most.'),
          arg('types', '[EntityType!]', 'Only these nouns.'),
          arg('first', 'Int', 'So many: 20 unless told, 100 at most.'),
          arg('after', 'String', 'Only what comes after this cursor.'),
        ],
      ),
      field('suggest', '[Suggestion!]!', 'Names that fit what was typed so far.', [
        arg('text', 'String!', 'What was typed.'),
        arg('first', 'Int', 'So many: 8 unless told, 100 at most.'),
      ]),
    ],
    resolvers: { search, suggest } as Verb['resolvers'],
  };
}

/** Exact names first, then by score, then the better connected, then by key. */
function before(a: Hit, b: Hit): number {
  for (const at of [0, 1, 2] as const) if (a.by[at] !== b.by[at]) return b.by[at] - a.by[at];
  const [x, y] = [`${a.type}:${a.key}`, `${b.type}:${b.key}`];
  return x === y ? 0 : x < y ? -1 : 1;
}

function cursorOf({ by, type, key }: Hit): string {
  return Buffer.from(JSON.stringify([...by, type, key])).toString('base64url');
}

function readAfter(cursor: string): Hit {
  try {
    const [rank, score, degree, type, key] = JSON.parse(
      Buffer.from(cursor, 'base64url').toString(),
    ) as [number, number, number, string, string];
    if (![rank, score, degree].every(Number.isFinite) || typeof key !== 'string') throw new Error();
    return { by: [rank, score, degree], type, key, texts: {} };
  } catch {
    throw badInput('after', `${quote(cursor)} is not a cursor of a search.`);
  }
}

function facets(hits: readonly Hit[]): { type: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { type } of hits) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts]
    .map(([type, count]) => ({ type: constant(type), count }))
    .sort((a, b) => b.count - a.count || (a.type < b.type ? -1 : 1));
}

/** The field in which the first of the words stands, and some text around it. */
function matchedIn(
  texts: Texts,
  columns: readonly string[],
  words: readonly string[],
): { field: string; fragment: string } | null {
  for (const column of columns)
    for (const text of [texts[column] ?? []].flat()) {
      const at = Math.min(
        ...words.map((word) => fold(text).indexOf(word)).filter((place) => place >= 0),
      );
      if (!Number.isFinite(at)) continue;
      const from = Math.max(0, at - 40);
      const to = Math.min(text.length, at + 80);
      return {
        field: column,
        fragment: `${from ? '...' : ''}${text.slice(from, to)}${to < text.length ? '...' : ''}`,
      };
    }
  return null;
}
