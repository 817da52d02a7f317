import type { Noun } from '../blueprint';
import * as hiding from '../derive/hiding';
import * as statements from '../derive/statements';
import { quote } from '../errors';
import { NodeRef } from '../query/reference';
import {
  currentKey,
  find,
  idOf,
  isThere,
  named,
  severalThings,
  type Changing,
  type Outcome,
  type Target,
} from './context';
import { conflict, invalid, notFound } from './failure';
import { checkShown } from './shown';

/** What is to be hidden or shown again, and why. */
export interface RetractInput {
  readonly id: string;
  readonly reason: string;
}

interface Stored {
  readonly mark: string;
  readonly labels: readonly string[];
}

const nouns = ({ blueprint }: Changing): Noun[] => blueprint.nouns.filter(({ root }) => root);

function checkReason({ reason }: RetractInput, path: string): void {
  if (!reason.trim()) throw invalid([{ path: `${path}.reason`, message: 'says nothing; why?' }]);
}

/**
 * Hides a node with its relationships.
 * @throws Refused NotFound where there is none
 */
export async function retract(
  changing: Changing,
  input: RetractInput,
  path: string,
): Promise<Outcome> {
  checkReason(input, path);
  const { run, mark, by, at, blueprint } = changing;
  const already = await hiddenOf(changing, input.id, `${path}.id`);
  if (already) return { outcome: 'UNCHANGED', node: already };
  const node = await find(changing, input.id, nouns(changing), `${path}.id`);
  const { noun, key } = node;
  const known = new Set(hiding.writtenTypes(blueprint));
  for (const type of (await run(hiding.typesAt(noun), { key })) as string[])
    if (known.has(type)) await run(hiding.hideEdgesAt(noun, type), { key, mark });
  const [labels] = await run(hiding.hideNode(noun), { key });
  await run(hiding.enterRetraction, {
    id: idOf(node),
    type: noun.name,
    key,
    reason: input.reason,
    by,
    at,
    mark,
    labels,
  });
  return { outcome: 'CHANGED', node };
}

/**
 * Shows a node again, and the relationships that were hidden with it.
 * @throws Refused NotFound where nothing of that id is hidden, Conflict where what was said meanwhile does not allow it
 */
export async function restore(
  changing: Changing,
  input: RetractInput,
  path: string,
): Promise<Outcome> {
  checkReason(input, path);
  const { run, blueprint } = changing;
  const node = await hiddenOf(changing, input.id, `${path}.id`);
  if (!node) {
    const there = await find(changing, input.id, nouns(changing), `${path}.id`);
    return { outcome: 'UNCHANGED', node: there };
  }
  const { noun, key } = node;
  if (await isThere(changing, node))
    throw conflict(
      `${quote(idOf(node))} was made anew while it was hidden.`,
      new NodeRef(noun.name, key),
    );
  const [stored] = (await run(hiding.readRetraction, { id: idOf(node) })) as [Stored];
  for (const role of noun.interfaces)
    if (blueprint.get(role).role && stored.labels.includes(role))
      if ((await run(statements.othersInRole(role, noun), { keys: [key] })).length)
        throw conflict(`Another noun has become ${role} under the key ${quote(key)} meanwhile.`);
  await run(hiding.showNode(noun, blueprint, stored.labels), { key });
  await run(hiding.removeRetraction, { id: idOf(node) });
  const hidden = new Set((await run(hiding.typesAt(noun), { key })) as string[]);
  const p = { key, was: stored.mark, mark: null };
  const shown: string[] = [];
  for (const type of hiding.writtenTypes(blueprint))
    if (hidden.has(hiding.hiddenType(type)))
      if ((await run(hiding.showEdgesAt(noun, type), p)).length) shown.push(type);
  await run(hiding.leaveEdgesAt(noun), { key, was: stored.mark });
  await checkShown(changing, node, shown);
  return { outcome: 'CHANGED', node };
}

/**
 * The hidden node that an id names.
 * @throws Refused where it is one of several things, hidden or not
 */
async function hiddenOf(changing: Changing, id: string, path: string): Promise<Target | undefined> {
  const { nouns: among, key } = named(id, nouns(changing));
  const all: Target[] = [];
  for (const noun of among) all.push({ noun, key: await currentKey(changing, noun, key) });
  const found = (await changing.run(hiding.hiddenIds, { ids: all.map(idOf) })) as string[];
  if (found.length > 1) throw notFound(path, `${quote(id)} is several things.`, found.slice(0, 3));
  const hidden = all.find((each) => idOf(each) === found[0]);
  if (!hidden) return undefined;
  for (const other of all)
    if (other !== hidden && (await isThere(changing, other)))
      throw severalThings(id, [hidden, other], path);
  return hidden;
}
