import type { GraphQLFieldResolver } from 'graphql';
import neo4j from 'neo4j-driver';
import type { Blueprint } from '../blueprint';
import { plainColumns, valueOf } from '../blueprint/storage';
import { pageBound } from '../derive/bounds';
import { shownName, shownType } from '../derive/hiding';
import { constant } from '../derive/names';
import type { Verb } from '../derive/schema';
import { operationsStatement, retractionsStatement } from '../derive/trail';
import { Fault } from '../errors';
import type { Columns } from '../exchange/load/layers';
import { readPlace, writePlace } from '../explore/cursor';
import { within } from '../explore/within';
import type { Context } from '../query/execute';
import { NodeRef } from '../query/reference';
import { fromGlobalId, toGlobalId } from '../support/global-id';
import { mostLinks, trailRoots, trailTypes } from './trail-types';

interface Page {
  readonly first?: number | null;
  readonly after?: string | null;
}

interface Found<T> {
  readonly total: number;
  readonly page: readonly T[];
}

interface Retraction {
  readonly id: string;
  readonly type: string;
  readonly key: string;
  readonly reason: string;
  readonly at: string;
  readonly by: string;
  readonly mark: string;
}

type LinkRow = [
  type: string,
  forward: boolean,
  labels: string[],
  key: string,
  ...labels: (string | null)[],
];

type RetractionRow = [Retraction, Columns | null, LinkRow[], string[]];

interface OperationRow {
  readonly id: string;
  readonly by: string;
  readonly at: string;
  readonly changes: readonly string[];
  readonly nodes: readonly string[];
  readonly input: string;
}

/** `retractions`, which shows what is hidden, and `operations`, which shows curators what was done. */
export function trailVerb(blueprint: Blueprint): Verb {
  const retractionsText = retractionsStatement(blueprint);
  const retractions: GraphQLFieldResolver<unknown, Context> = async (_source, given, context) => {
    const { ids, ...page } = given as Page & { ids?: readonly string[] | null };
    const wanted = ids?.map(idOf) ?? null;
    return pageOf<RetractionRow>(
      context,
      retractionsText,
      { ids: wanted, most: neo4j.int(mostLinks) },
      page,
      ([{ at, id }]) => [at, id],
      ([retraction, stored, links, citations]) => ({
        id: toGlobalId(retraction.type, retraction.key),
        key: retraction.key,
        type: constant(retraction.type),
        label: stored?.name ?? stored?.label ?? null,
        labelZh: stored?.nameZh ?? stored?.labelZh ?? null,
        reason: retraction.reason,
        at: retraction.at,
        by: context.curator === undefined ? null : retraction.by,
        operationId: retraction.mark.replace(/#\d+$/, ''),
        fields: fieldsOf(blueprint, retraction.type, stored ?? {}),
        links: links.map(([type, forward, labels, key, label = null, labelZh = null]) => ({
          relation: shownType(type),
          forward,
          id: toGlobalId(nounIn(blueprint, labels), key),
          label,
          labelZh,
        })),
        citations: citations.map((key) => new NodeRef('Citation', key)),
      }),
    );
  };
  const operations: GraphQLFieldResolver<unknown, Context> = async (_source, given, context) => {
    if (context.curator === undefined)
      throw new Fault('FORBIDDEN', 'What curators did is told to curators.');
    const { of, ...page } = given as Page & { of?: string | null };
    return pageOf<OperationRow>(
      context,
      operationsStatement,
      { of: of == null ? null : idOf(of) },
      page,
      ({ at, id }) => [at, id],
      ({ nodes, ...row }) => ({
        ...row,
        ids: nodes.map(idOf).map((id) => {
          const { type, key } = fromGlobalId(id) ?? { type: '', key: id };
          return toGlobalId(type, key);
        }),
      }),
    );
  };
  return {
    types: trailTypes,
    roots: trailRoots,
    resolvers: { retractions, operations } as Verb['resolvers'],
  };
}

/** A page of a statement that gives `{ total, page }` in the order of a time and an id. */
async function pageOf<T>(
  { engine, request }: Context,
  text: string,
  p: object,
  { first, after }: Page,
  placeOf: (row: T) => readonly [at: string, id: string],
  nodeOf: (row: T) => object,
): Promise<object> {
  const count = within('first', first, pageBound);
  const question = JSON.stringify(p);
  const place = after == null ? null : readPlace(question, after, ['', ''] as const);
  request.statements++;
  const { rows, revision } = await engine.graph.read(
    text,
    { ...p, after: place, first: neo4j.int(count + 1) },
    { signal: request.signal },
  );
  request.revisions.add(revision);
  const [{ total, page }] = rows as [Found<T>];
  const edges = page
    .slice(0, count)
    .map((row) => ({ cursor: writePlace(question, placeOf(row)), node: nodeOf(row) }));
  return {
    nodes: edges.map(({ node }) => node),
    edges,
    totalCount: total,
    pageInfo: {
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
      hasNextPage: page.length > count,
      hasPreviousPage: place !== null,
    },
    completeness: { returned: edges.length, total, truncated: false, reason: null },
  };
}

/** `Company:key` of an id in either form; what is none is looked for as it is. */
function idOf(id: string): string {
  const reference = fromGlobalId(id);
  return reference ? `${reference.type}:${reference.key}` : id;
}

function nounIn({ nouns }: Blueprint, labels: readonly string[]): string {
  const names = labels.map(shownName);
  return nouns.find(({ name }) => names.includes(name))?.name ?? 'Node';
}

/** All that is stored of a hidden node, field by field, as text. */
function fieldsOf(blueprint: Blueprint, type: string, stored: Columns) {
  return [...blueprint.get(type).properties.values()].flatMap((property) => {
    const value = valueOf(
      property,
      plainColumns(property).map((name) => stored[name] ?? null),
    );
    if (value === null) return [];
    return [
      { name: property.name, value: typeof value === 'string' ? value : JSON.stringify(value) },
    ];
  });
}
