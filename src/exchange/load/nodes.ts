import type { Noun } from '../../blueprint';
import * as statements from '../../derive/statements';
import type { Writing } from './context';
import { applied, difference, layersOf, ownersOf, stack, type Columns } from './layers';
import type { NodeLog } from './log';
import { byColumn, integerColumns, typed } from './values';

/** What a row says of a node. */
export interface NodeWrite {
  readonly key: string;
  /** Columns that the row speaks of; null takes away what the dataset said before. */
  readonly columns: Columns;
  /** Adds only what its dataset has not said yet. */
  readonly fills?: boolean;
  /** Leaves the node alone where it is there already. */
  readonly onlyNew?: boolean;
  /** Null says that it is unknown, whatever other datasets say. */
  readonly firm?: boolean;
}

/** What became of a node. */
export type Outcome = 'created' | 'changed' | 'unchanged' | 'kept';

/**
 * Writes nodes of one noun, several rows of one node after each other. What is there already is left alone.
 * @returns what became of each node, by key
 */
export async function writeNodes(
  { run, blueprint, dataset, preference, tally, log }: Writing,
  noun: Noun,
  writes: readonly NodeWrite[],
): Promise<ReadonlyMap<string, Outcome>> {
  const owners = ownersOf(noun.properties.values());
  const integers = integerColumns(noun.properties.values());
  const keys = [...new Set(writes.map(({ key }) => key))];
  const stored = new Map((await run(statements.readNodes(noun), { keys })) as [string, Columns][]);
  const layers = new Map<string, Columns>();
  const outcomes = new Map<string, Outcome>();
  for (const { key, columns, fills, onlyNew, firm } of writes) {
    if (onlyNew && (stored.has(key) || layers.has(key))) {
      if (!layers.has(key)) outcomes.set(key, 'kept');
      continue;
    }
    const now = stored.get(key);
    const layer = layers.get(key) ?? (now && layersOf(now).layers.get(dataset)) ?? {};
    // What was merged from several keys keeps what one of them said.
    const gentle = !firm && (Boolean(fills) || Boolean(now?.formerKeys));
    const next = applied(layer, gentle ? known(columns) : columns, Boolean(fills), owners);
    layers.set(key, firm ? { ...next, ...unknown(columns, owners) } : next);
  }
  const entry: NodeLog = { noun: noun.name, created: [], changed: [] };
  const fresh: Columns[] = [];
  const changes: { key: string; set: Record<string, unknown> }[] = [];
  for (const [key, layer] of layers) {
    const now = stored.get(key);
    const before = now && layersOf(now);
    const own = before?.layers.get(dataset);
    const all = new Map([...(before?.layers ?? []), [dataset, layer]]);
    const wanted = stack(all, preference, owners, true);
    if (!now) {
      fresh.push({ key, ...wanted });
      entry.created.push(key);
      outcomes.set(key, 'created');
      continue;
    }
    const set = difference(wanted, now);
    outcomes.set(key, set ? 'changed' : 'unchanged');
    if (!set) continue;
    changes.push({ key, set: typed(set, integers) });
    if (own) entry.changed.push([key, own]);
    else entry.created.push(key);
  }
  if (fresh.length) {
    const { columns, lists } = byColumn(fresh);
    const labels = statements.labelsOf(noun, blueprint.all);
    const others = columns.filter((name) => name !== 'key');
    await run(statements.createNodes(labels, others, integers), lists);
  }
  if (changes.length) await run(statements.changeNodes(noun), { rows: changes });
  if (entry.created.length || entry.changed.length) log.nodes.push(entry);
  for (const outcome of outcomes.values()) tally.add(noun.name, outcome);
  return outcomes;
}

function known(columns: Columns): Columns {
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== null));
}

/** The columns of properties of which nothing is known. */
function unknown(columns: Columns, owners: ReadonlyMap<string, string>): Columns {
  const held = new Set(Object.keys(known(columns)).map((name) => owners.get(name)));
  return Object.fromEntries(
    Object.entries(columns).filter(([name]) => !held.has(owners.get(name))),
  );
}
