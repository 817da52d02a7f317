import type { GraphQLFieldResolver } from 'graphql';
import type { Blueprint } from '../blueprint';
import { object } from '../derive/common-types';
import { hub, pathStatement, relationTypes } from '../derive/neighbourhood';
import { constant } from '../derive/names';
import type { Verb } from '../derive/schema';
import { arg, field } from '../derive/spec';
import { badInput, quote } from '../errors';
import type { Context } from '../query/execute';
import { NodeRef } from '../query/reference';
import { fromGlobalId, type Reference } from '../support/global-id';
import { within } from './within';

type Stop = readonly [
  type: string,
  key: string,
  name: string,
  nameZh: string | null,
  degree: number,
  isFact: boolean,
  certainty: string | null,
  citations: readonly string[],
];
type Link = readonly [
  type: string,
  forward: boolean,
  certainty: string | null,
  citations: readonly string[],
];
type Row = readonly [stops: readonly Stop[], links: readonly Link[]];

interface Step {
  readonly from: NodeRef;
  readonly relation: string;
  readonly forward: boolean;
  readonly to: NodeRef;
  readonly sentence: string;
  readonly sentenceZh: string;
  readonly certainty: string | null;
  readonly citations: readonly NodeRef[];
}

interface Found {
  readonly length: number;
  readonly steps: readonly Step[];
  /** Fewer and lesser hubs weigh less: the logarithms of the degrees in between, added; a place counts as the greatest. */
  readonly weight: number;
}

/** `paths`: how two things are connected, in sentences with their sources. */
export function pathsVerb(blueprint: Blueprint): Verb {
  const all = relationTypes(blueprint);
  const says = wordings(blueprint);
  const paths: GraphQLFieldResolver<unknown, Context> = async (_source, given, context) => {
    const args = given as {
      from: string;
      to: string;
      maxHops?: number | null;
      first?: number | null;
      via?: string[] | null;
      avoid?: string[] | null;
    };
    const hops = within('maxHops', args.maxHops ?? 4, 1, 8);
    const first = within('first', args.first ?? 5, 0, 50);
    const [from, to] = [refer('from', args.from), refer('to', args.to)];
    const avoid = (args.avoid ?? [])
      .map((id) => refer('avoid', id))
      .map(({ type, key }) => `${type}:${key}`);
    const relations = args.via ? all.filter((type) => args.via?.includes(type)) : all;
    const whole = { truncated: false, reason: null, total: null };
    if (!relations.length || !first)
      return { paths: [], completeness: { ...whole, returned: 0, total: 0 } };
    // A fact between two things is one hop here and two in the graph.
    const asked = 4 * Math.max(first, 5);
    const statement = pathStatement(blueprint, relations, asked, 2 * hops);
    context.request.statements++;
    const { rows } = await context.engine.graph.read(
      statement,
      { from: [from.type, from.key], to: [to.type, to.key], avoid },
      { signal: context.request.signal },
    );
    const found = (rows as Row[])
      .filter(
        ([stops]) => new Set(stops.map(([type, key]) => `${type}:${key}`)).size === stops.length,
      )
      .map((row) => told(row, says))
      .filter(({ length }) => length <= hops)
      .sort(
        (a, b) =>
          a.length - b.length ||
          a.weight - b.weight ||
          (a.steps[0]?.sentence ?? '').localeCompare(b.steps[0]?.sentence ?? '', 'en'),
      );
    const page = found.slice(0, first);
    const truncated = rows.length >= asked;
    return {
      paths: page,
      completeness: {
        ...whole,
        returned: page.length,
        total: truncated ? null : found.length,
        truncated,
        reason: truncated
          ? `Only the ${asked} shortest were looked at, and none through a node of ${hub} relationships and more.`
          : null,
      },
    };
  };
  return {
    types: [
      object('PathStep', 'One hop of a path.', [
        field('from', 'Node!', 'Where it starts.'),
        field(
          'relation',
          'String!',
          'The type of the relationship, or the noun of the fact that joins the two.',
        ),
        field('forward', 'Boolean!', 'Whether it is walked the way in which it points.'),
        field('to', 'Node!', 'Where it leads.'),
        field('sentence', 'String!', 'The hop in English words.'),
        field('sentenceZh', 'String!', 'The hop in Chinese words.'),
        field('certainty', 'Certainty', 'How sure it is, where it is a claim or a fact.'),
        field('citations', '[Citation!]!', 'What it rests on. At most 20.'),
      ]),
      object('Path', 'A way from one thing to another.', [
        field('length', 'Int!', 'How many hops.'),
        field('steps', '[PathStep!]!', 'The hops.'),
      ]),
      object('PathResult', 'How two things are connected, the shortest way first.', [
        field('paths', '[Path!]!', 'The ways.'),
        field('completeness', 'Completeness!', 'Whether a limit cut something off.'),
      ]),
    ],
    roots: [
      field(
        'paths',
        'PathResult!',
        'How two things are connected: fewest hops first, then through fewer hubs. Sources are no way, a fact that joins two things is one hop.',
        [
          arg('from', 'ID!', 'Where to begin: an id, or Company:alibaba.'),
          arg('to', 'ID!', 'Where to end.'),
          arg('maxHops', 'Int', 'So many hops: 4 unless told, 8 at most.'),
          arg('first', 'Int', 'So many ways: 5 unless told, 50 at most.'),
          arg('via', '[RelationType!]', 'Only along these.'),
          arg('avoid', '[ID!]', 'Not through these.'),
        ],
      ),
    ],
    resolvers: { paths } as Verb['resolvers'],
  };
}

function refer(name: string, id: string): Reference {
  const reference = fromGlobalId(id);
  if (!reference)
    throw badInput(
      name,
      `${quote(id)} is not an id. Ids come from the field "id", or are written as Company:alibaba.`,
    );
  return reference;
}

type Wordings = ReadonlyMap<string, readonly [string, string]>;

/** How each relationship is said, by type and by the noun that it starts from. */
function wordings(blueprint: Blueprint): Wordings {
  const found = new Map<string, readonly [string, string]>();
  for (const noun of blueprint.all.values())
    for (const { writes, says } of noun.relations.values())
      if (writes && says) found.set(`${noun.name} ${writes}`, says);
  return found;
}

/** A path in sentences; facts between two things become hops of their own words. */
function told([stops, links]: Row, says: Wordings): Found {
  const steps: Step[] = [];
  const last = stops.length - 1;
  for (let at = 0; at < last;) {
    const here = stops[at] as Stop;
    const next = stops[at + 1] as Stop;
    const beyond = stops[at + 2];
    if (next[5] && !here[5] && beyond && !beyond[5]) {
      steps.push(throughFact(here, next, beyond));
      at += 2;
    } else {
      steps.push(direct(here, links[at] as Link, next, says));
      at += 1;
    }
  }
  const between = stops.slice(1, last);
  const weight = between.reduce(
    (sum, [type, , , , degree]) => sum + (type === 'Place' ? 100 : 0) + Math.log2(1 + degree),
    0,
  );
  return { length: steps.length, steps, weight };
}

const ref = ([type, key]: Stop): NodeRef => new NodeRef(type, key);
const zh = ([, , name, nameZh]: Stop): string => nameZh ?? name;

function direct(
  from: Stop,
  [type, forward, certainty, citations]: Link,
  to: Stop,
  says: Wordings,
): Step {
  const [subject, other] = forward ? [from, to] : [to, from];
  const [en, chinese] = says.get(`${subject[0]} ${type}`) ?? [
    '{from} is linked to {to}',
    '{from}与{to}相关',
  ];
  const fact = [from, to].find((stop) => stop[5]);
  return {
    from: ref(from),
    relation: type,
    forward,
    to: ref(to),
    sentence: fill(en, subject[2], other[2]),
    sentenceZh: fill(chinese, zh(subject), zh(other)),
    certainty: certainty ?? fact?.[6] ?? null,
    citations: (citations.length ? citations : (fact?.[7] ?? [])).map(
      (key) => new NodeRef('Citation', key),
    ),
  };
}

function throughFact(from: Stop, fact: Stop, to: Stop): Step {
  return {
    from: ref(from),
    relation: constant(fact[0]),
    forward: true,
    to: ref(to),
    sentence: `${from[2]} and ${to[2]} are joined by: ${fact[2]}`,
    sentenceZh: `${zh(from)}与${zh(to)}由此相连：${zh(fact)}`,
    certainty: fact[6],
    citations: fact[7].map((key) => new NodeRef('Citation', key)),
  };
}

/** Puts both names in at once, so that a name which holds braces is only a name. */
function fill(text: string, from: string, to: string): string {
  return text.replace(/\{(from|to)\}/g, (_, which) => (which === 'from' ? from : to));
}
