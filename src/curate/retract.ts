import type { Noun } from '../blueprint';
import * as hiding from '../derive/hiding';
import * as statements from '../derive/statements';
import { quote } from '../errors';
import { NodeRef } from '../query/reference';
import {
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
 * @throws Refused NotFound where nothing of that id is hidden
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
  for (const type of hiding.writtenTypes(blueprint))
    if (hidden.has(hiding.hiddenType(type)))
      await run(hiding.showEdgesAt(noun, type), { key, was: stored.mark, mark: null });
  await run(hiding.leaveEdgesAt(noun), { key, was: stored.mark });
  return { outcome: 'CHANGED', node };
}

/**
 * The hidden node that an id names.
 * @throws Refused where it is one of several things, hidden or not
 */
async function hiddenOf(changing: Changing, id: string, path: string): Promise<Target | undefined> {
  const { nouns: among, key } = named(id, nouns(changing));
  const ids = among.map((noun) => `${noun.name}:${key}`);
  const found = (await changing.run(hiding.hiddenIds, { ids })) as string[];
  if (found.length > 1) throw notFound(path, `${quote(id)} is several things.`, found.slice(0, 3));
  const [only] = found;
  const noun = only === undefined ? undefined : among.find(({ name }) => only === `${name}:${key}`);
  if (!noun) return undefined;
  for (const other of among) {
    const target = { noun: other, key };
    if (other !== noun && (await isThere(changing, target)))
      throw severalThings(id, [{ noun, key }, target], path);
  }
  return { noun, key };
}
