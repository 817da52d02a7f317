import type { Noun, RelationDef } from '../../blueprint';
import * as whoIsWho from '../../derive/who-is-who';
import { compare } from '../../support/compare';
import type { Run } from './context';
import type { EdgeKind } from './edges';
import { datasetOf, layersOf, type Columns } from './layers';
import { readStored, type Ends } from './stored-edges';

interface Settling {
  readonly run: Run;
  readonly preference: readonly string[];
}

/** A relationship that was shown before, or set aside. */
interface Claim {
  readonly ends: Ends;
  readonly stored: Columns;
}

/**
 * Where what was merged has two of what there can be one of, shows the one that is believed first, and sets the others
 * aside: they keep all that was said of them as relationships of the type `SET_ASIDE`, and come back when the first one
 * goes. What would lead from a node to itself is set aside as well.
 * @returns those that are now set aside and were not
 */
export async function settle(
  { run, preference }: Settling,
  { from, relation, to }: EdgeKind,
  ends: readonly Ends[],
): Promise<Ends[]> {
  const type = relation.writes;
  const places = [
    { noun: from, keys: ends.map(([key]) => key), direction: 'out' as const },
    { noun: to, keys: ends.map(([, key]) => key), direction: 'in' as const },
  ].map((place) => ({ ...place, one: isOne(place.noun, type, place.direction) }));
  const claims = new Map<string, Claim>();
  if (from === to)
    for (const [place, stored] of await readStored(
      run,
      { from, relation, to },
      ends.filter(([a, b]) => a === b),
    ))
      claims.set(place, { ends: place.split('\n') as unknown as Ends, stored });
  for (const { noun, keys, direction, one } of places) {
    if (!one) continue;
    const rows = (await run(
      whoIsWho.claims(noun, type, direction, direction === 'out' ? to : from),
      {
        keys: [...new Set(keys)],
      },
    )) as [string, string, Columns][];
    for (const [a, b, stored] of rows) claims.set(`${a}\n${b}`, { ends: [a, b], stored });
  }
  const trust = (name: string) => preference.indexOf(datasetOf(name)) + 1 || Infinity;
  const first = ({ stored }: Claim) =>
    [...layersOf(stored).layers.keys()].sort(
      (a, b) => trust(a) - trust(b) || compare(a, b),
    )[0] as string;
  const order = [...claims.values()].sort(
    (a, b) =>
      trust(first(a)) - trust(first(b)) ||
      Number(first(a).includes('\n')) - Number(first(b).includes('\n')) ||
      compare(first(a), first(b)) ||
      compare(a.ends.join('\n'), b.ends.join('\n')),
  );
  const taken = new Set<string>();
  const lost = new Set<Claim>();
  for (const claim of order) {
    const { ends: at } = claim;
    const own = places.flatMap(({ one, direction }, end) =>
      one ? [`${direction} ${at[end as 0 | 1]}`] : [],
    );
    const itself = from === to && at[0] === at[1];
    if (itself || own.some((place) => taken.has(place))) lost.add(claim);
    else for (const place of own) taken.add(place);
  }
  const aside = [...claims.values()].filter(
    (claim) => lost.has(claim) && claim.stored.aside == null,
  );
  const back = order.filter((claim) => !lost.has(claim) && claim.stored.aside != null);
  const rowsOf = (all: readonly Claim[]) => ({ rows: all.map((claim) => claim.ends) });
  if (aside.length) await run(whoIsWho.setAside(from, type, to), rowsOf(aside));
  if (back.length) await run(whoIsWho.takeBack(from, type, to), rowsOf(back));
  return aside.map((claim) => claim.ends);
}

/** Whether a noun can have one neighbour only by relationships of a type that leave it or lead to it. */
export function isOne(noun: Noun, type: string, direction: 'out' | 'in'): boolean {
  return onesAlong(noun, type, direction).length > 0;
}

/** The relations of a noun to one neighbour by relationships of a type that leave it or lead to it. */
export function onesAlong(noun: Noun, type: string, direction: 'out' | 'in'): RelationDef[] {
  return [...noun.relations.values()].filter(
    ({ one, steps: [step, ...more] }) =>
      one &&
      step !== undefined &&
      !more.length &&
      step.direction === direction &&
      !step.edge &&
      step.types.length === 1 &&
      step.types[0] === type,
  );
}
