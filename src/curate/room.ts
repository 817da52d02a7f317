import type { WrittenRelation } from '../derive/changes';
import * as hiding from '../derive/hiding';
import * as statements from '../derive/statements';
import { quote } from '../errors';
import { placesOf, type Wanted } from '../exchange/import/ones';
import { roleOf } from '../exchange/load/edges';
import { NodeRef } from '../query/reference';
import { idOf, named, type Changing, type Target } from './context';
import { conflict, invalid } from './failure';

/** Sees to it that a place that has room for one is free: what was seen there gives way, anything else is a conflict. */
export async function makeRoom(
  changing: Changing,
  relation: WrittenRelation,
  wanted: Wanted,
  instead: string | null,
  path: string,
): Promise<void> {
  const { run, mark } = changing;
  let used = false;
  for (const { at, other, type, direction, others } of placesOf(wanted)) {
    const found = (await run(statements.edgesOf(at.noun, type, direction), {
      keys: [at.key],
    })) as [string, string[], string][];
    for (const [, labels, key] of found) {
      const noun = others.find(({ name }) => labels.includes(name));
      if (!noun || (noun.name === other.noun.name && key === other.key)) continue;
      const current = { noun, key };
      if (instead === null || named(instead, [noun]).key !== key)
        throw conflict(
          `${quote(idOf(at))} has one ${direction === 'out' ? relation.name : `that leads to it by ${type}`}, ${quote(idOf(current))}; "instead" names what gives way.`,
          new NodeRef(noun.name, key),
        );
      used = true;
      const [start, end] = direction === 'out' ? [at, current] : [current, at];
      await run(hiding.hideEdge(start.noun, type, end.noun), {
        from: start.key,
        to: end.key,
        mark,
      });
    }
  }
  if (instead !== null && !used)
    throw conflict(`${path}.instead: ${quote(instead)} does not stand there any more.`);
}

/** A key plays a role for one noun only: an investor's is unique across companies, firms and persons. */
export async function checkRole(
  { run }: Changing,
  relation: WrittenRelation,
  from: Target,
  path: string,
): Promise<void> {
  const role = roleOf(relation, from.noun);
  if (!role) return;
  const [other] = await run(statements.othersInRole(role, from.noun), { keys: [from.key] });
  if (other)
    throw invalid([
      {
        path: `${path}.from`,
        message: `"${from.key}" is ${role} already under another noun; a key plays a role once.`,
      },
    ]);
}
