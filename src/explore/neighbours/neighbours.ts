import type { GraphQLFieldResolver } from 'graphql';
import neo4j from 'neo4j-driver';
import type { Blueprint } from '../../blueprint';
import { pageBound } from '../../derive/bounds';
import { relationTypes } from '../../derive/neighbourhood';
import { constant } from '../../derive/names';
import { neighboursStatement } from '../../derive/neighbours';
import type { Verb } from '../../derive/schema';
import type { Context } from '../../query/execute';
import { NodeRef } from '../../query/reference';
import { toGlobalId } from '../../support/global-id';
import { readPlace, writePlace } from '../cursor';
import { lookedAt } from '../looked';
import { Nouns } from '../nouns';
import { refer, settled } from '../refer';
import { within } from '../within';
import { neighboursField, neighbourTypes, ofBound } from './types';

interface Args {
  readonly of: readonly string[];
  readonly relation?: string | null;
  readonly by?: string | null;
  readonly types?: readonly string[] | null;
  readonly common?: boolean | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

type Labels = readonly string[];
type Shared = readonly [
  labels: Labels,
  key: string,
  label: string,
  labelZh: string | null,
  certainty: string,
  places: readonly number[],
];
type Row = readonly [
  labels: Labels,
  key: string,
  name: string,
  nameZh: string | null,
  near: number,
  count: number,
  via: readonly (string | Labels)[],
  shared: readonly Shared[],
];
interface Answer {
  readonly read: number;
  readonly total: number;
  readonly page: readonly Row[];
}

/** Ties that one question reads, and facts that are told of one neighbour. */
const mostTies = 100_000;
const mostFacts = 20;

/** `neighbours`: what is next to some things, and what several of them share. */
export function neighboursVerb(blueprint: Blueprint): Verb {
  const nouns = new Nouns(blueprint);
  const relations = relationTypes(blueprint);
  const neighbours: GraphQLFieldResolver<unknown, Context> = async (_source, given, context) => {
    const { first, after, ...args } = given as Args;
    const count = within('first', first, pageBound);
    within('of', args.of.length, ofBound);
    const named = await settled(
      args.of.map((id) => refer('of', id)),
      context,
      blueprint,
    );
    const of = [...new Map(named.map((name) => [String(name), name])).values()];
    const question = JSON.stringify({ ...args, of });
    const place = after == null ? null : readPlace(question, after, [0, 0, '', ''] as const);
    const types = nouns.named(args.types);
    context.request.statements++;
    const { rows } = await context.engine.graph.read(
      neighboursStatement,
      {
        of,
        relations,
        by: args.by ?? null,
        relation: args.relation ?? null,
        types: types && [...types],
        near: neo4j.int(args.common ? of.length : 1),
        after: place,
        first: neo4j.int(count + 1),
        most: neo4j.int(mostTies + 1),
        facts: neo4j.int(mostFacts),
      },
      { signal: context.request.signal },
    );
    const [{ read, total, page }] = rows as [Answer];
    const cut = read > mostTies ? `Only ${mostTies} relationships and facts were looked at.` : null;
    const ids = of.map(([noun, key]) => toGlobalId(noun, key));
    const edges = page.slice(0, count).map((row) => edgeOf(row, nouns, ids, question));
    return {
      nodes: edges.map(({ node }) => node),
      edges,
      totalCount: total,
      pageInfo: {
        startCursor: edges[0]?.cursor ?? null,
        endCursor: edges[edges.length - 1]?.cursor ?? null,
        hasNextPage: page.length > count,
        hasPreviousPage: place !== null,
      },
      completeness: lookedAt(edges.length, total, cut),
    };
  };
  return {
    types: neighbourTypes,
    roots: [neighboursField],
    resolvers: { neighbours } as Verb['resolvers'],
  };
}

function edgeOf(
  [labels, key, name, nameZh, near, count, via, shared]: Row,
  nouns: Nouns,
  asked: readonly string[],
  question: string,
) {
  const noun = nouns.of(labels);
  return {
    cursor: writePlace(question, [near, count, key, noun]),
    node: new NodeRef(noun, key, { name, nameZh }),
    near,
    count,
    via: [
      ...new Set(via.map((each) => (typeof each === 'string' ? each : constant(nouns.of(each))))),
    ].sort(),
    shared: shared.map(([fact, factKey, label, labelZh, certainty, places]) => ({
      id: toGlobalId(nouns.of(fact), factKey),
      label,
      labelZh,
      of: [...places].sort((a, b) => a - b).map((place) => asked[place]),
      fact: new NodeRef(nouns.of(fact), factKey, { label, labelZh, certainty }),
    })),
  };
}
