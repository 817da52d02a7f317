import type { GraphQLFieldResolver } from 'graphql';
import neo4j from 'neo4j-driver';
import type { Blueprint } from '../blueprint';
import { plainColumns, valueOf } from '../blueprint/storage';
import { connectionFields, object } from '../derive/common-types';
import { shownName, shownType } from '../derive/hiding';
import { constant } from '../derive/names';
import type { Verb } from '../derive/schema';
import { arg, field } from '../derive/spec';
import { operationsStatement, retractionsStatement } from '../derive/trail';
import { Fault } from '../errors';
import type { Columns } from '../exchange/load/layers';
import { readPlace, writePlace } from '../explore/cursor';
import { within } from '../explore/within';
import type { Context } from '../query/execute';
import { NodeRef } from '../query/reference';
import { fromGlobalId, toGlobalId } from '../support/global-id';

/** Relationships of one hidden node that are told at the most. */
const mostLinks = 100;

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

const pageArgs = [
  arg('first', 'Int', 'So many: 20 unless told, 100 at most.'),
  arg('after', 'String', 'Only what comes after this cursor.'),
];

const connection = (name: string, description: string) => [
  object(`${name}Edge`, `One of a ${name}Connection.`, [
    field('cursor', 'String!', 'For `after`.'),
    field('node', `${name}!`, 'What is there.'),
  ]),
  object(`${name}Connection`, description, [
    field('nodes', `[${name}!]!`, 'The page.'),
    field('edges', `[${name}Edge!]!`, 'The page, each with its cursor.'),
    ...connectionFields,
  ]),
];

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
    types: [
      object('RetractedField', 'What was known of it.', [
        field('name', 'String!', 'The field.'),
        field('value', 'String!', 'Its value; what is no text, as JSON.'),
      ]),
      object('RetractedLink', 'A relationship that is hidden with it.', [
        field('relation', 'String!', 'Its type.'),
        field('forward', 'Boolean!', 'Whether it starts at what was retracted.'),
        field('id', 'ID!', 'The id of the other end.'),
        field('label', 'String', 'The name or label of the other end.'),
        field('labelZh', 'String', 'The Chinese one.'),
      ]),
      object('Retraction', 'What was retracted: hidden, and kept.', [
        field('id', 'ID!', 'Its id: what `restore` takes.'),
        field('key', 'ID!', 'Its key.'),
        field('type', 'EntityType!', 'Which noun it is.'),
        field('label', 'String', 'Its name or label.'),
        field('labelZh', 'String', 'The Chinese one.'),
        field('reason', 'String!', 'Why it was retracted.'),
        field('at', 'String!', 'When, as ISO 8601 in UTC.'),
        field('by', 'String', 'Who did it; told to curators.'),
        field('operationId', 'ID!', 'The operation that did it.'),
        field('fields', '[RetractedField!]!', 'All that was known of it.'),
        field('links', '[RetractedLink!]!', `Its relationships; ${mostLinks} at most.`),
        field('citations', '[Citation!]!', 'What it rested on. At most 20.'),
      ]),
      ...connection('Retraction', 'What was retracted, the latest first.'),
      object('Operation', 'What a curator did at one time.', [
        field('id', 'ID!', 'The id that it was given.'),
        field('by', 'String!', 'Who did it.'),
        field('at', 'String!', 'When, as ISO 8601 in UTC.'),
        field('changes', '[String!]!', 'The fields of its changes, in their order.'),
        field('ids', '[ID!]!', 'Ids of what it touched.'),
        field('input', 'String!', 'All that was sent, as JSON.'),
      ]),
      ...connection('Operation', 'What curators did, the latest first.'),
    ],
    roots: [
      field('retractions', 'RetractionConnection!', 'What curators have hidden, and why.', [
        arg('ids', '[ID!]', 'Only these: opaque ids, or Company:moonshot-ai.'),
        ...pageArgs,
      ]),
      field('operations', 'OperationConnection!', 'What curators did; for curators.', [
        arg('of', 'ID', 'Only what touched this: an opaque id, or Company:moonshot-ai.'),
        ...pageArgs,
      ]),
    ],
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
  const count = within('first', first ?? 20, 0, 100);
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
