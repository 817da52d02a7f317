import type { Blueprint, Noun, RelationDef } from '../../blueprint';
import * as statements from '../../derive/statements';
import * as unloading from '../../derive/unloading';
import type { Run } from '../load/context';
import { difference, layersOf, ownersOf, stack, type Columns } from '../load/layers';
import { integerColumns, typed } from '../load/values';

/** What taking back needs to know. */
export interface TakingBack {
  readonly run: Run;
  readonly blueprint: Blueprint;
  readonly dataset: string;
  readonly preference: readonly string[];
}

/** What was taken back. */
export interface TakenBack {
  removed: number;
  changed: number;
  /** Nodes that other datasets lead to: they stay, with little more than their names. */
  stubs: number;
}

export const nothing = (): TakenBack => ({ removed: 0, changed: 0, stubs: 0 });

/**
 * Gives nodes back the layer that the dataset had, or none.
 * @param before key -> the layer as it was; null where there was none
 */
export async function takeBackNodes(
  { run, dataset, preference }: TakingBack,
  noun: Noun,
  before: ReadonlyMap<string, Columns | null>,
  taken: TakenBack,
): Promise<void> {
  const owners = ownersOf(noun.properties.values());
  const integers = integerColumns(noun.properties.values());
  const stored = (await run(statements.readNodes(noun), { keys: [...before.keys()] })) as [
    string,
    Columns,
  ][];
  const gone: string[] = [];
  const rows: { key: string; set: Record<string, unknown> }[] = [];
  for (const [key, now] of stored) {
    const layers = new Map(layersOf(now).layers);
    const own = before.get(key) ?? null;
    if (own) layers.set(dataset, own);
    else layers.delete(dataset);
    if (!layers.size) gone.push(key);
    else {
      const set = difference(stack(layers, preference, owners, true), now);
      if (set) rows.push({ key, set: typed(set, integers) });
    }
  }
  if (gone.length) {
    const left = (await run(unloading.removeNodes(noun), { keys: gone })) as [
      string,
      Columns,
      string[],
    ][];
    taken.removed += gone.length - left.length;
    taken.stubs += left.length;
    // What others lead to keeps what a node must have, on behalf of those others.
    const needed = new Set(
      [...noun.properties.values()].flatMap(({ name, required }) =>
        required ? [name, `${name}Folded`] : [],
      ),
    );
    for (const [key, now, others] of left) {
      const stub = Object.fromEntries(
        Object.entries(now).filter(([name]) => needed.has(name) && name !== 'key'),
      );
      const layers = new Map(others.map((name) => [name, stub]));
      const set = difference(stack(layers, preference, owners, true), now);
      if (set) rows.push({ key, set: typed(set, integers) });
    }
  }
  if (rows.length) await run(statements.changeNodes(noun), { rows });
  taken.changed += rows.length;
}

/** An edge by its ends, and the layer as it was; null where there was none. */
export type EdgeBefore = readonly [from: string, to: string, before: Columns | null];

/** The same for relationships of one kind. */
export async function takeBackEdges(
  { run, dataset, preference }: TakingBack,
  relation: RelationDef,
  from: Noun,
  to: Noun,
  before: readonly EdgeBefore[],
  taken: TakenBack,
): Promise<void> {
  const type = relation.writes as string;
  const owners = ownersOf(relation.edge);
  const integers = integerColumns(relation.edge);
  const layerBefore = new Map(before.map(([a, b, layer]) => [`${a}\n${b}`, layer]));
  const stored = (await run(statements.readEdges(from, type, to), {
    rows: before.map(([a, b]) => [a, b]),
  })) as [string, string, Columns][];
  const gone: [string, string][] = [];
  const rows: { from: string; to: string; set: Record<string, unknown> }[] = [];
  for (const [a, b, now] of stored) {
    const layers = new Map(layersOf(now).layers);
    const own = layerBefore.get(`${a}\n${b}`) ?? null;
    if (own) layers.set(dataset, own);
    else layers.delete(dataset);
    if (!layers.size) gone.push([a, b]);
    else {
      const set = difference(stack(layers, preference, owners, false), now);
      if (set) rows.push({ from: a, to: b, set: typed(set, integers) });
    }
  }
  if (gone.length) await run(statements.removeEdges(from, type, to), { rows: gone });
  if (rows.length) await run(statements.changeEdges(from, type, to), { rows });
  taken.removed += gone.length;
  taken.changed += rows.length;
}
