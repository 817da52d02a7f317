import type { Blueprint } from '../../blueprint';
import { pageBound } from '../../derive/bounds';
import type { LinkKind } from '../../derive/trend-links';
import type { NounVerb, Verb } from '../../derive/schema';
import type { Context } from '../../query/execute';
import { NodeRef } from '../../query/reference';
import type { Teller } from '../paths/told';
import { readPlace, writePlace } from '../cursor';
import { within } from '../within';
import { TrendLinks, type Links } from './links';
import { trendMap } from './map';
import { companiesField, trendLinksField, trendMapField, trendTypes } from './types';

interface Args {
  readonly kinds?: readonly LinkKind[] | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

/** Trends or companies whose links one question may ask for. */
const askedBound = { least: 0, most: 100 } as const;

/** `trend { companies }`, `company { trendLinks }` and `trendMap`: what people come for. */
export function trendsVerb(blueprint: Blueprint): Verb {
  const trendLinks = new TrendLinks(blueprint);
  const verb = (noun: 'Trend' | 'Company', far: string, field: NounVerb['field']): NounVerb => ({
    noun,
    field,
    load: async (keys, given, context: Context) => {
      const { kinds, first, after } = given as Args;
      const count = within('first', first, pageBound);
      within(field.name, keys.length, askedBound);
      const question = `${noun} ${field.name} ${JSON.stringify(kinds ?? null)}`;
      const place = after == null ? null : readPlace(question, after, [0, ''] as const);
      const { links, teller } = await trendLinks.read(context, noun, keys, {
        kinds: kinds ?? null,
        first: count + 1,
        after: place,
      });
      return new Map(
        [...links].map(([key, own]) => [
          key,
          connection(own, count, far, question, place !== null, teller),
        ]),
      );
    },
  });
  return {
    types: trendTypes,
    roots: [trendMapField],
    resolvers: { trendMap: trendMap(blueprint, trendLinks) } as Verb['resolvers'],
    onNouns: [verb('Trend', 'Company', companiesField), verb('Company', 'Trend', trendLinksField)],
  };
}

function connection(
  { total, links }: Links,
  count: number,
  far: string,
  question: string,
  later: boolean,
  teller: Teller,
): object {
  const edges = links.slice(0, count).map(({ key, strength, ways, best }) => ({
    cursor: writePlace(question, [strength, key]),
    node: new NodeRef(far, key),
    strength,
    ways,
    kinds: best.map(({ kind }) => kind),
    paths: best.map((way) => ({
      kind: way.kind,
      strength: way.strength,
      length: way.trail.length - 1,
      steps: teller.steps(way.trail),
    })),
  }));
  return {
    nodes: edges.map(({ node }) => node),
    edges: edges.map((edge) => ({ ...edge, path: edge.paths[0] })),
    totalCount: total,
    pageInfo: {
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges[edges.length - 1]?.cursor ?? null,
      hasNextPage: links.length > count,
      hasPreviousPage: later,
    },
    completeness: { returned: edges.length, total, truncated: false, reason: null },
  };
}
