import type { GraphQLFieldResolver } from 'graphql';
import type { Blueprint } from '../../blueprint';
import { joinStatement } from '../../derive/hops';
import { relationTypes } from '../../derive/neighbourhood';
import type { Verb } from '../../derive/schema';
import type { Context } from '../../query/execute';
import { selects } from '../../query/selects';
import { refer, settled, type Name } from '../refer';
import { within } from '../within';
import { find, type Ways } from './find';
import { hub, mostHops, Reach } from './reach';
import { Teller, toldFields, wanted, type Told } from './told';
import type { Trail } from './shortest';
import { ThroughFacts } from './through-facts';
import { pathsField, pathTypes } from './types';
import { Wordings } from './wording';

interface Args {
  readonly from: string;
  readonly to: string;
  readonly maxHops?: number | null;
  readonly first?: number | null;
  readonly via?: readonly string[] | null;
  readonly avoid?: readonly string[] | null;
  readonly directed?: boolean | null;
}

interface Path {
  readonly length: number;
  readonly weight: number;
  readonly steps: ReturnType<Teller['steps']>;
}

/** `paths`: how two things are connected, in sentences with their sources. */
export function pathsVerb(blueprint: Blueprint): Verb {
  const all = relationTypes(blueprint);
  const symmetric = symmetricTypes(blueprint);
  const words = new Wordings(blueprint);
  const joins = joinStatement(blueprint);
  const quick = new ThroughFacts(blueprint);
  const isFact = ([noun]: Name) => Boolean(blueprint.all.get(noun)?.interfaces.includes('Fact'));
  const paths: GraphQLFieldResolver<unknown, Context> = async (_source, given, context, info) => {
    const args = given as Args;
    const most = within('maxHops', args.maxHops ?? 4, 1, 8);
    const first = within('first', args.first ?? 5, 0, 50);
    const named = [refer('from', args.from), refer('to', args.to)];
    within('avoid', args.avoid?.length ?? 0, 0, mostAvoided);
    for (const id of args.avoid ?? []) named.push(refer('avoid', id));
    const [from, to, ...avoid] = await settled(named, context, blueprint);
    const ends = [from, to] as [Name, Name];
    const via = args.via && all.filter((type) => args.via?.includes(type));
    const relations = via ?? all;
    if (!relations.length || !first || String(ends[0]) === String(ends[1]))
      return answer([], nothing, first);
    const read = async (text: string, p: object, deadline?: number) => {
      context.request.statements++;
      const { signal } = context.request;
      return (await context.engine.graph.read(text, p, { signal, deadline })).rows;
    };
    const tells = selects(info, ['paths', 'steps'], toldFields);
    const asked = { ends, relations, symmetric, avoid };
    const facts = ends.filter(isFact).length;
    if (first === 1 && via && !facts && !avoid.length && !args.directed && quick.serves(via)) {
      const found = await quick.find(read, asked, most, tells);
      if (found) {
        const teller = new Teller(found.told, words);
        return answer(told(found.trails, teller, 1), { ...nothing, all: !found.trails.length }, 1);
      }
    }
    const reach = new Reach(
      read,
      asked,
      { via: via ?? null, avoids: avoid.length > 0, betweenFacts: facts === 2 },
      args.directed ?? false,
    );
    const open = await reach.open();
    if (!open && reach.cut) return answer([], { ...nothing, cut: 'reading' }, first);
    const ways = open ? await find(reach, most, first) : nothing;
    if (!ways.trails.length) return answer([], ways, first);
    const p = {
      ...wanted(
        ways.trails.map(({ nodes }) => nodes),
        reach.onward,
        tells,
      ),
      relations,
    };
    const [joined] = (await read(joins, p)) as [Told];
    const walked = (type: string, onwards: boolean) =>
      !args.directed || onwards || symmetric.includes(type);
    const teller = new Teller(joined, words, walked, reach.onward);
    return answer(told(ways.trails, teller, first), ways, first);
  };
  return { types: pathTypes, roots: [pathsField], resolvers: { paths } as Verb['resolvers'] };
}

/** The first ways in sentences: those through no hub, the shortest, the lightest; then by the keys along them. */
function told(
  trails: readonly (Trail & { readonly hubs?: boolean })[],
  teller: Teller,
  first: number,
): Path[] {
  return trails
    .map((trail) => ({ ...trail, name: teller.name(trail.nodes) }))
    .sort(
      (a, b) =>
        Number(a.hubs ?? false) - Number(b.hubs ?? false) ||
        a.nodes.length - b.nodes.length ||
        a.weight - b.weight ||
        (a.name < b.name ? -1 : 1),
    )
    .slice(0, first)
    .map(({ nodes, weight }) => ({
      length: nodes.length - 1,
      weight: weight / 1e6,
      steps: teller.steps(nodes),
    }));
}

/** The most things that ways may go around. */
export const mostAvoided = 100;
const nothing: Ways = { trails: [], cut: null, hubs: false, all: true };

const reasons = {
  reading: `Reading ended after ${mostHops} hops, or when its time was up: there may be more ways, and shorter ones.`,
  trying: 'There are more ways of one length than can be compared.',
};

function answer(paths: readonly Path[], { cut, hubs, all }: Ways, first: number): object {
  // Hubs are told of only where something is missing without them.
  const held = hubs && paths.length < first;
  const truncated = cut !== null || held;
  return {
    paths,
    completeness: {
      returned: paths.length,
      total: all && !truncated ? paths.length : null,
      truncated,
      reason: cut
        ? reasons[cut]
        : held
          ? `Ways on from a node of ${hub} relationships and more are not followed, only ways that meet there.`
          : null,
    },
  };
}

/** Types of relationships that have no direction of their own. */
function symmetricTypes(blueprint: Blueprint): string[] {
  const types = new Set<string>();
  for (const { relations } of blueprint.all.values())
    for (const { writes, steps } of relations.values())
      if (writes && steps[0]?.direction === 'both') types.add(writes);
  return [...types].sort();
}
