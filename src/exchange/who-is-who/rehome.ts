import type { Blueprint, Noun } from '../../blueprint';
import type { Stored } from '../../blueprint/storage';
import { storedNounBy } from '../../derive/hiding';
import * as statements from '../../derive/statements';
import * as unloading from '../../derive/unloading';
import * as whoIsWho from '../../derive/who-is-who';
import { Fault, quote } from '../../errors';
import { kindOf } from '../journal/take-back';
import { grouped, type Run } from '../load/context';
import { inOrder, prefixed, roleOf, type EdgeKind } from '../load/edges';
import {
  difference,
  layerName,
  layerParts,
  layersOf,
  ownersOf,
  stack,
  type Columns,
} from '../load/layers';
import { Moved } from '../load/moved';
import { settle } from '../load/settle';
import {
  changeStored,
  isAside,
  removeStored,
  type EdgeChange,
  type Ends,
} from '../load/stored-edges';
import { byColumn, integerColumns, typed } from '../load/values';

export interface Moving {
  readonly run: Run;
  readonly blueprint: Blueprint;
  /** Datasets, the most trusted first. */
  readonly preference: readonly string[];
}

/** A node that something is moved from, and one that it is moved to, which need not be there yet. */
export interface Move {
  readonly noun: Noun;
  readonly from: string;
  readonly to: string;
}

/** What became of a move. */
export interface Done {
  /** Relationships that were moved or joined with one that was there. */
  edges: number;
  citations: number;
  /** Relationships that had to stand aside, as `TYPE Noun:key -> Noun:key`. */
  readonly aside: string[];
  /** The node that all was moved to: what each key and dataset said of it. */
  layers: ReadonlyMap<string, Columns>;
  shown: Columns;
}

/**
 * Moves from one node to another what was said under the keys that lead to the other now, with relationships and
 * citations, nothing lost: each layer keeps the keys under which it was said. A node that nothing is left of goes.
 */
export async function rehome(moving: Moving, move: Move): Promise<Done> {
  const done: Done = { edges: 0, citations: 0, aside: [], layers: new Map(), shown: {} };
  const stays = await moveLayers(moving, move, done);
  await moveEdges(moving, move, done);
  await moveCitations(moving, move, done);
  // Without DETACH: what is not known here stops it all instead of being lost.
  if (!stays) await moving.run(whoIsWho.removeNode(move.noun), { key: move.from });
  return done;
}

async function moveLayers(
  { run, blueprint, preference }: Moving,
  { noun, from, to }: Move,
  done: Done,
): Promise<boolean> {
  const stored = new Map(
    (await run(statements.readNodes(noun), { keys: [from, to] })) as [string, Columns][],
  );
  const here = stored.get(from);
  const there = stored.get(to);
  if (!here) throw new Fault('CONFLICT', `${noun.name} ${quote(from)} is no longer there.`);
  const said = [...layersOf(here).layers].map(([name, layer]) => {
    const { dataset, keys } = layerParts(name, [from]);
    return { dataset, key: keys[0] as string, layer };
  });
  const home = await Moved.in(run).of(
    noun,
    said.map(({ key }) => key),
  );
  const at = (node: string) =>
    new Map(
      said.flatMap(({ dataset, key, layer }) =>
        home(key) === node ? [[layerName(dataset, [key], [node]), layer] as const] : [],
      ),
    );
  const [staying, going] = [at(from), at(to)];
  const all = new Map([...(there ? layersOf(there).layers : []), ...going]);
  const owners = ownersOf(noun.properties.values());
  const integers = integerColumns(noun.properties.values());
  const wanted = stack(all, preference, owners, true);
  done.layers = all;
  done.shown = wanted;
  if (there) {
    const set = difference(wanted, there);
    if (set)
      await run(statements.changeNodes(noun), { rows: [{ key: to, set: typed(set, integers) }] });
  } else {
    const { columns, lists } = byColumn([{ key: to, ...wanted }]);
    const labels = statements.labelsOf(noun, blueprint.all);
    const others = columns.filter((name) => name !== 'key');
    await run(statements.createNodes(labels, others, integers), lists);
  }
  if (!staying.size) return false;
  const set = difference(stack(staying, preference, owners, true), here);
  if (set)
    await run(statements.changeNodes(noun), { rows: [{ key: from, set: typed(set, integers) }] });
  return true;
}

/** A relationship of what is moved. */
interface Edge {
  readonly ends: Ends;
  readonly stored: Columns;
}

async function moveEdges(moving: Moving, move: Move, done: Done): Promise<void> {
  const { run, blueprint } = moving;
  const { noun, from, to } = move;
  // What curators have hidden moves with it.
  const nounOf = storedNounBy(blueprint);
  const rows = (await run(whoIsWho.allEdges(noun), { keys: [from, to] })) as [
    string[],
    string,
    string,
    string[],
    string,
    Columns,
  ][];
  const kinds = grouped(rows, ([a, , type, b]) => `${nounOf(a)?.name} ${type} ${nounOf(b)?.name}`);
  for (const group of kinds.values()) {
    const [[a, , type, b]] = group as [(typeof group)[0]];
    const [start, end] = [nounOf(a), nounOf(b)];
    const kind = start && end && kindOf(start, type, end);
    if (!kind) throw new Fault('INTERNAL', `No noun writes relationships of the type ${type}.`);
    const edges = new Map(
      group.map(([, x, , , y, stored]) => [`${x}\n${y}`, { ends: [x, y], stored }] as const),
    );
    await moveEdgesOf(moving, move, kind, edges, done);
  }
}

/** A relationship as it is to be. */
interface Wanted {
  readonly ends: Ends;
  readonly layers: Map<string, Columns>;
  readonly retractedIn: Stored | undefined;
}

async function moveEdgesOf(
  { run, preference }: Moving,
  { from }: Move,
  kind: EdgeKind,
  edges: ReadonlyMap<string, Edge>,
  done: Done,
): Promise<void> {
  const { relation } = kind;
  const type = relation.writes;
  const turned = relation.steps[0]?.direction === 'both';
  const said = [...edges.values()].flatMap(({ ends, stored }) =>
    [...layersOf(stored).layers].map(([name, layer]) => {
      const { dataset, keys } = layerParts(name, ends);
      return { dataset, keys: keys as Ends, layer, retractedIn: stored.retractedIn };
    }),
  );
  const start = await Moved.in(run).of(
    kind.from,
    said.map(({ keys }) => keys[0]),
  );
  const end = await Moved.in(run).of(
    kind.to,
    said.map(({ keys }) => keys[1]),
  );
  const wanted = new Map<string, Wanted>();
  for (const { dataset, keys, layer, retractedIn } of said) {
    const [a, b] = [start(keys[0]), end(keys[1])];
    const ends = turned ? inOrder(a, b) : ([a, b] as const);
    const own = wanted.get(ends.join('\n')) ?? { ends, layers: new Map(), retractedIn };
    wanted.set(ends.join('\n'), own);
    own.layers.set(layerName(dataset, keys, ends), layer);
  }
  const owners = ownersOf(relation.edge);
  const integers = integerColumns(relation.edge);
  const fresh: Columns[] = [];
  const changes: EdgeChange[] = [];
  const touched: Ends[] = [];
  for (const [key, { ends, layers, retractedIn }] of wanted) {
    const now = edges.get(key)?.stored;
    const next = stack(layers, preference, owners, false);
    const set = now ? difference(next, now) : null;
    if (!now)
      fresh.push({
        from: ends[0],
        to: ends[1],
        ...prefixed({ ...next, retractedIn: retractedIn ?? null }),
      });
    else if (set)
      changes.push({ from: ends[0], to: ends[1], set: typed(set, integers), aside: isAside(now) });
    if (!now || set) touched.push(ends);
  }
  const gone = [...edges].filter(([key]) => !wanted.has(key)).map(([, { ends }]) => ends);
  await removeStored(run, kind, gone);
  await changeStored(run, kind, changes);
  const role = roleOf(relation, kind.from);
  if (fresh.length) {
    const { columns, lists } = byColumn(fresh);
    const names = columns.filter((name) => name.startsWith('x_')).map((name) => name.slice(2));
    await run(statements.createEdges(kind.from, type, kind.to, names, integers, role), lists);
  }
  if (role) await run(unloading.removeRole(kind.from, role, [type]), { keys: [from] });
  done.edges += touched.length;
  const aside = await settle({ run, preference }, kind, [...touched, ...gone]);
  for (const [a, b] of aside)
    done.aside.push(`${type} ${kind.from.name}:${a} -> ${kind.to.name}:${b}`);
}

async function moveCitations({ run }: Moving, { noun, from, to }: Move, done: Done): Promise<void> {
  const [read] = (await run(statements.readSupport(noun), { keys: [from] })) as [
    string,
    [citation: string, source: string, keys: readonly string[] | null][],
  ][];
  const ties = (read?.[1] ?? []).flatMap(([citation, , keys]) =>
    (keys ?? [from]).map((key) => ({ citation, key })),
  );
  const home = await Moved.in(run).of(
    noun,
    ties.map(({ key }) => key),
  );
  const going = ties.filter(({ key }) => home(key) === to);
  if (!going.length) return;
  const rows = (node: string) => going.map(({ citation, key }) => [node, citation, key]);
  await run(whoIsWho.untie(noun), { rows: rows(from) });
  await run(whoIsWho.tie(noun), { rows: rows(to) });
  done.citations += going.length;
}
