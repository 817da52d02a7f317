import type { Noun } from '../../blueprint';
import * as statements from '../../derive/statements';
import { grouped, type Writing } from './context';
import {
  applied,
  difference,
  layerName,
  layersOf,
  ownersOf,
  stack,
  unknown,
  type Columns,
} from './layers';
import type { NodeLog } from './log';
import { Moved } from './moved';
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
 * @returns what became of each node, by the key that was written, be it one that was merged away
 */
export async function writeNodes(
  { run, blueprint, dataset, preference, tally, log }: Writing,
  noun: Noun,
  writes: readonly NodeWrite[],
): Promise<ReadonlyMap<string, Outcome>> {
  const owners = ownersOf(noun.properties.values());
  const integers = integerColumns(noun.properties.values());
  const keys = [...new Set(writes.map(({ key }) => key))];
  const home = await Moved.in(run).of(noun, keys);
  const stored = new Map(
    (await run(statements.readNodes(noun), { keys: [...new Set(keys.map(home))] })) as [
      string,
      Columns,
    ][],
  );
  const before = new Map([...stored].map(([key, now]) => [key, layersOf(now).layers]));
  const nameOf = (key: string) => layerName(dataset, [key], [home(key)]);
  const layers = new Map<string, Columns>();
  const outcomes = new Map<string, Outcome>();
  for (const { key, columns, fills, onlyNew, firm } of writes) {
    const own = layers.get(key);
    if (onlyNew && (own || stored.has(home(key)))) {
      if (!own) outcomes.set(key, 'kept');
      continue;
    }
    const layer = own ?? before.get(home(key))?.get(nameOf(key)) ?? {};
    const next = applied(layer, columns, Boolean(fills), owners);
    layers.set(key, firm ? { ...next, ...unknown(columns, owners) } : next);
  }
  const entry: NodeLog = { noun: noun.name, created: [], changed: [] };
  const fresh: Columns[] = [];
  const changes: { key: string; set: Record<string, unknown> }[] = [];
  for (const [node, rows] of grouped(layers, ([key]) => home(key))) {
    const now = stored.get(node);
    const all = new Map(before.get(node));
    for (const [key, layer] of rows) all.set(nameOf(key), layer);
    const wanted = stack(all, preference, owners, true);
    const set = now ? difference(wanted, now) : null;
    if (!now) fresh.push({ key: node, ...wanted });
    else if (set) changes.push({ key: node, set: typed(set, integers) });
    for (const [key, layer] of rows) {
      const own = before.get(node)?.get(nameOf(key));
      // Of several keys of one node only those have changed it that say something else than before.
      const same = now && (!set || (rows.length > 1 && own && !difference(layer, own)));
      outcomes.set(key, !now ? 'created' : same ? 'unchanged' : 'changed');
      if (same) continue;
      if (own) entry.changed.push([key, own]);
      else entry.created.push(key);
    }
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
