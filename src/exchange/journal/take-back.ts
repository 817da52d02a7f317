import type { Blueprint, Noun } from '../../blueprint';
import { storedRelation } from '../../derive/hiding';
import * as statements from '../../derive/statements';
import * as unloading from '../../derive/unloading';
import { grouped, type Run } from '../load/context';
import { inOrder, roleOf, type EdgeKind } from '../load/edges';
import {
  datasetOf,
  difference,
  layerName,
  layersOf,
  ownersOf,
  stack,
  type Columns,
} from '../load/layers';
import { Moved } from '../load/moved';
import { isOne, settle } from '../load/settle';
import {
  changeStored,
  isAside,
  readStored,
  removeStored,
  type EdgeChange,
  type Ends,
} from '../load/stored-edges';
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
  taking: TakingBack,
  noun: Noun,
  before: ReadonlyMap<string, Columns | null>,
  taken: TakenBack,
): Promise<void> {
  const { run, dataset } = taking;
  const home = await Moved.in(run).of(noun, before.keys());
  const rows = grouped(before, ([key]) => home(key));
  await restack(taking, noun, [...rows.keys()], taken, (layers, node) => {
    for (const [key, own] of rows.get(node) ?? [])
      put(layers, layerName(dataset, [key], [node]), own);
  });
}

/** Takes all that the dataset says of some nodes, under whichever keys. */
export async function emptyNodes(
  taking: TakingBack,
  noun: Noun,
  nodes: readonly string[],
  taken: TakenBack,
): Promise<void> {
  await restack(taking, noun, nodes, taken, (layers) => leave(layers, taking.dataset));
}

type Change = (layers: Map<string, Columns>, node: string) => void;

const put = (layers: Map<string, Columns>, name: string, own: Columns | null): void => {
  if (own) layers.set(name, own);
  else layers.delete(name);
};

const leave = (layers: Map<string, Columns>, dataset: string): void => {
  for (const name of [...layers.keys()]) if (datasetOf(name) === dataset) layers.delete(name);
};

async function restack(
  { run, preference }: TakingBack,
  noun: Noun,
  nodes: readonly string[],
  taken: TakenBack,
  change: Change,
): Promise<void> {
  const owners = ownersOf(noun.properties.values());
  const integers = integerColumns(noun.properties.values());
  const stored = (await run(statements.readNodes(noun), { keys: nodes })) as [string, Columns][];
  const gone: string[] = [];
  const rows: { key: string; set: Record<string, unknown> }[] = [];
  for (const [key, now] of stored) {
    const layers = new Map(layersOf(now).layers);
    change(layers, key);
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
  taking: TakingBack,
  kind: EdgeKind,
  before: readonly EdgeBefore[],
  taken: TakenBack,
): Promise<void> {
  const { run, dataset } = taking;
  const start = await Moved.in(run).of(
    kind.from,
    before.map(([from]) => from),
  );
  const end = await Moved.in(run).of(
    kind.to,
    before.map(([, to]) => to),
  );
  const turned = kind.relation.steps[0]?.direction === 'both';
  const homeOf = ([from, to]: EdgeBefore): Ends =>
    turned ? inOrder(start(from), end(to)) : [start(from), end(to)];
  const rows = grouped(before, (each) => homeOf(each).join('\n'));
  const ends = [...rows.values()].map(([first]) => homeOf(first as EdgeBefore));
  await restackEdges(taking, kind, ends, taken, (layers, place) => {
    for (const [from, to, own] of rows.get(place) ?? [])
      put(layers, layerName(dataset, [from, to], place.split('\n')), own);
  });
}

/** Takes all that the dataset says of some relationships of one kind, under whichever keys. */
export async function emptyEdges(
  taking: TakingBack,
  kind: EdgeKind,
  ends: readonly Ends[],
  taken: TakenBack,
): Promise<void> {
  await restackEdges(taking, kind, ends, taken, (layers) => leave(layers, taking.dataset));
}

async function restackEdges(
  { run, preference }: TakingBack,
  kind: EdgeKind,
  ends: readonly Ends[],
  taken: TakenBack,
  change: Change,
): Promise<void> {
  const { from, relation, to } = kind;
  const owners = ownersOf(relation.edge);
  const integers = integerColumns(relation.edge);
  const gone: Ends[] = [];
  const changes: EdgeChange[] = [];
  for (const [place, now] of await readStored(run, kind, ends)) {
    const at = place.split('\n') as [string, string];
    const layers = new Map(layersOf(now).layers);
    change(layers, place);
    if (!layers.size) gone.push(at);
    else {
      const set = difference(stack(layers, preference, owners, false), now);
      if (set)
        changes.push({ from: at[0], to: at[1], set: typed(set, integers), aside: isAside(now) });
    }
  }
  await changeStored(run, kind, changes);
  await removeStored(run, kind, gone);
  // What had to stand aside for what is gone comes back.
  const merged = await Moved.in(run).any();
  if (merged && (isOne(from, relation.writes, 'out') || isOne(to, relation.writes, 'in')))
    await settle({ run, preference }, kind, [
      ...gone,
      ...changes.map((each) => [each.from, each.to] as const),
    ]);
  const role = roleOf(relation, from);
  if (role && gone.length)
    await run(unloading.removeRole(from, role, writtenAs(role, from)), {
      keys: [...new Set(gone.map(([key]) => key))],
    });
  taken.removed += gone.length;
  taken.changed += changes.length;
}

/** The types of the relationships by which a noun plays a role. */
function writtenAs(role: string, noun: Noun): string[] {
  return [...noun.relations.values()].flatMap(({ owner, writes }) =>
    owner === role && writes ? [writes] : [],
  );
}

/** The kind of relationships of a type from one noun to another, both as they are stored. */
export function kindOf(from: Noun, type: string, to: Noun): EdgeKind | undefined {
  const relation = storedRelation(from, type, to);
  return relation && { from, relation: relation as EdgeKind['relation'], to };
}
