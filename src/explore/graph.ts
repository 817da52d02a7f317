import type { GraphQLFieldResolver } from 'graphql';
import neo4j from 'neo4j-driver';
import type { Blueprint } from '../blueprint';
import { input, object } from '../derive/common-types';
import { neighbourStatement, relationTypes, seedStatement } from '../derive/neighbourhood';
import { constant } from '../derive/names';
import type { Verb } from '../derive/schema';
import { arg, field } from '../derive/spec';
import { badInput, quote } from '../errors';
import type { Context } from '../query/execute';
import { NodeRef } from '../query/reference';
import { fromGlobalId, toGlobalId } from '../support/global-id';
import { within } from './within';
import { layout, place, type Point } from './layout';

/** Neighbours of one node at the most, so that a hub does not fill the picture. */
const cap = 60;
const mostSeeds = 50;

interface Vertex {
  readonly type: string;
  readonly key: string;
  readonly label: string;
  readonly labelZh: string | null;
  readonly degree: number;
}

interface Edge {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  readonly type: string;
  readonly label: string;
  readonly certainty: string | null;
}

interface Args {
  readonly seeds: readonly string[];
  readonly depth?: number | null;
  readonly relations?: readonly string[] | null;
  readonly types?: readonly string[] | null;
  readonly limit?: number | null;
  readonly fold?: boolean | null;
  readonly known?: readonly { id: string; x: number; y: number }[] | null;
}

type Beside = readonly [
  type: string,
  key: string,
  label: string,
  labelZh: string | null,
  degree: number,
];
type Row = readonly [
  noun: string,
  key: string,
  relation: string,
  away: boolean,
  beside: Beside,
  certainty: string | null,
  fact: readonly [type: string, key: string, label: string] | null,
];

/** `graph`: what surrounds some nodes, ready to be drawn. */
export function graphVerb(blueprint: Blueprint): Verb {
  const relations = relationTypes(blueprint);
  const graph: GraphQLFieldResolver<unknown, Context> = async (_source, given, context) =>
    draw(blueprint, relations, given as Args, context);
  return {
    types: [
      {
        kind: 'enum',
        name: 'RelationType',
        description: 'A type of relationship that leads from one thing to another.',
        values: Object.fromEntries(relations.map((type) => [type, wording(blueprint, type)])),
      },
      input('Position', 'Where a node is drawn already.', [
        field('id', 'ID!', 'Its id.'),
        field('x', 'Float!', 'To the right.'),
        field('y', 'Float!', 'Upwards.'),
      ]),
      object('GraphNode', 'A node as it is drawn.', [
        field('id', 'ID!', 'Its id.'),
        field('key', 'ID!', 'Its key.'),
        field('type', 'EntityType!', 'Its noun.'),
        field('label', 'String!', 'Its name.'),
        field('labelZh', 'String', 'Its Chinese name.'),
        field('degree', 'Int!', 'How many relationships it has in all.'),
        field('x', 'Float!', 'To the right.'),
        field('y', 'Float!', 'Upwards.'),
        field('size', 'Float!', 'How large it is drawn: grows with the logarithm of its degree.'),
        field('group', 'Int!', 'Which community of the picture it belongs to.'),
        field('node', 'Node!', 'The node itself.'),
      ]),
      object('GraphEdge', 'A line as it is drawn.', [
        field('id', 'ID!', 'Of this picture alone.'),
        field('source', 'ID!', 'The id of the node that it starts at.'),
        field('target', 'ID!', 'The id of the node that it leads to.'),
        field(
          'type',
          'String!',
          'The type of the relationship, or the noun of the fact that was folded into it.',
        ),
        field('label', 'String!', 'In words.'),
        field('certainty', 'Certainty', 'How sure it is, where it is a claim or a fact.'),
      ]),
      object('Expandable', 'More of one relation than the picture shows.', [
        field('node', 'ID!', 'The id of the node.'),
        field('relation', 'String!', 'The type of the relationship.'),
        field('count', 'Int!', 'How many were left out.'),
      ]),
      object('GraphLayout', 'How the picture was laid out.', [
        field('algorithm', 'String!', 'Its name.'),
        field('version', 'String!', 'Its version.'),
        field('seed', 'Int!', 'Where chance starts.'),
        field('iterations', 'Int!', 'How many steps.'),
      ]),
      object(
        'Graph',
        'Nodes and lines, ready to be drawn. The same question gives the same picture.',
        [
          field('nodes', '[GraphNode!]!', 'The nodes.'),
          field('edges', '[GraphEdge!]!', 'The lines.'),
          field('expandable', '[Expandable!]!', 'What was left out.'),
          field('layout', 'GraphLayout!', 'How it was laid out.'),
          field('completeness', 'Completeness!', 'Whether a limit cut something off.'),
        ],
      ),
    ],
    roots: [
      field('graph', 'Graph!', 'What surrounds some nodes, ready to be drawn.', [
        arg('seeds', '[ID!]!', 'Where to begin: ids, or Trend:going-global; 50 at most.'),
        arg('depth', 'Int', 'How many hops from there: 1 unless told, 4 at most.'),
        arg('relations', '[RelationType!]', 'Only along these.'),
        arg('types', '[EntityType!]', 'Only to these nouns.'),
        arg('limit', 'Int', 'So many nodes: 200 unless told, 2,000 at most.'),
        arg(
          'fold',
          'Boolean',
          'Whether a fact that joins two things is drawn as a line between them: true unless told.',
          true,
        ),
        arg('known', '[Position!]', 'Nodes that are drawn already: they stay where they are.'),
      ]),
    ],
    resolvers: { graph } as Verb['resolvers'],
  };
}

/** A relationship type in the words of the blueprint. */
function wording(blueprint: Blueprint, type: string): string {
  for (const noun of blueprint.all.values())
    for (const relation of noun.relations.values())
      if (relation.writes === type && relation.says)
        return `${relation.says[0].replace(/\{from\} | \{to\}/g, '')}.`;
  return type;
}

async function draw(
  blueprint: Blueprint,
  all: readonly string[],
  args: Args,
  context: Context,
): Promise<object> {
  const depth = within('depth', args.depth ?? 1, 0, 4);
  const limit = within('limit', args.limit ?? 200, 1, 2_000);
  within('seeds', args.seeds.length, 0, mostSeeds);
  const relations = args.relations ? all.filter((type) => args.relations?.includes(type)) : all;
  const types =
    args.types?.map((type) => blueprint.nouns.find((noun) => constant(noun.name) === type)?.name) ??
    null;
  const fold = args.fold ?? true;
  const read = async (statement: string, p: object): Promise<readonly unknown[]> => {
    context.request.statements++;
    return (await context.engine.graph.read(statement, p, { signal: context.request.signal })).rows;
  };
  const vertices = new Map<string, Vertex>();
  const edges = new Map<string, Edge>();
  const left = new Map<string, { node: string; relation: string; count: number }>();
  const pairs = (ids: Iterable<string>): [string, string][] =>
    [...ids].flatMap((id) => {
      const reference = fromGlobalId(id);
      return reference ? [[reference.type, reference.key] as [string, string]] : [];
    });
  const seeds = args.seeds.map((seed) => {
    const reference = fromGlobalId(seed);
    if (!reference) throw badInput('seeds', `${quote(seed)} is not an id.`);
    return toGlobalId(reference.type, reference.key);
  });
  for (const row of await read(seedStatement, { nodes: pairs(new Set(seeds)) })) {
    const [type, key, label, labelZh, degree] = row as Beside;
    vertices.set(toGlobalId(type, key), { type, key, label, labelZh, degree });
  }
  const statement = neighbourStatement(blueprint, relations, fold);
  let frontier = [...vertices.keys()];
  let cut = false;
  const hubs = new Set<string>();
  for (let hop = 0; hop <= depth && frontier.length && relations.length; hop++) {
    // The last round adds no nodes: it finds the lines among those that are there, and what is left out.
    const last = hop === depth;
    const found = (await read(statement, {
      nodes: pairs(frontier),
      types,
      cap: neo4j.int(cap),
    })) as Row[];
    const rows = found.map(([type, key, ...step]) => [toGlobalId(type, key), step] as const);
    const counts = new Map<string, number>();
    for (const [from] of rows) counts.set(from, (counts.get(from) ?? 0) + 1);
    for (const [from, count] of counts) if (count === cap) hubs.add(from);
    // The better connected first, so that the limit leaves out the lesser ones.
    rows.sort(([a, x], [b, y]) => y[2][4] - x[2][4] || compare(x[2][1], y[2][1]) || compare(a, b));
    const fresh: string[] = [];
    for (const [
      from,
      [relation, away, [type, key, label, labelZh, degree], certainty, fact],
    ] of rows) {
      const to = toGlobalId(type, key);
      if (!vertices.has(to)) {
        if (last || vertices.size >= limit) {
          if (!last) cut = true;
          const place = `${from} ${relation}`;
          const more = left.get(place) ?? { node: from, relation, count: 0 };
          left.set(place, { ...more, count: more.count + 1 });
          continue;
        }
        vertices.set(to, { type, key, label, labelZh, degree });
        fresh.push(to);
      }
      const [source, target] = fact ? [from, to].sort(compare) : away ? [from, to] : [to, from];
      const kind = fact ? constant(fact[0]) : relation;
      const id = `${source} ${fact ? `${kind} ${fact[1]}` : kind} ${target}`;
      if (!edges.has(id))
        edges.set(id, {
          id,
          source: source as string,
          target: target as string,
          type: kind,
          label: fact?.[2] ?? wording(blueprint, kind).replace(/\.$/, ''),
          certainty,
        });
    }
    frontier = fresh;
  }
  const ids = [...vertices.keys()];
  const known = new Map<string, Point>(
    (args.known ?? []).flatMap(({ id, x, y }) => {
      const reference = fromGlobalId(id);
      return reference ? [[toGlobalId(reference.type, reference.key), { x, y }]] : [];
    }),
  );
  const list = [...edges.values()].sort((a, b) => compare(a.id, b.id));
  const positions = place(
    [...ids].sort(compare),
    list.map(({ source, target }) => [source, target] as const),
    known,
  );
  return {
    nodes: [...vertices].map(([id, { type, ...vertex }]) => ({
      id,
      ...vertex,
      ...positions.get(id),
      type: constant(type),
      size: 1 + Math.log2(1 + vertex.degree),
      node: new NodeRef(type, vertex.key),
    })),
    edges: list,
    expandable: [...left.values()],
    layout,
    completeness: {
      returned: ids.length,
      total: cut || hubs.size ? null : ids.length,
      truncated: cut || hubs.size > 0,
      reason: cut
        ? `The limit of ${limit} nodes was reached.`
        : hubs.size
          ? `Of ${hubs.size} nodes with more neighbours, the ${cap} best connected are drawn.`
          : null,
    },
  };
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
