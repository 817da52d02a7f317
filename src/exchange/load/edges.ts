import type { Noun, RelationDef } from '../../blueprint';
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
import type { EdgeLog } from './log';
import { Moved } from './moved';
import { isOne, settle } from './settle';
import { changeStored, isAside, readStored, type EdgeChange, type Ends } from './stored-edges';
import { byColumn, integerColumns, typed } from './values';

/** The kind of relationships that are written together. */
export interface EdgeKind {
  readonly from: Noun;
  readonly relation: RelationDef & { readonly writes: string };
  readonly to: Noun;
}

export interface EdgeWrite {
  readonly from: string;
  readonly to: string;
  readonly columns: Columns;
  /** Null says that it is unknown, whatever other datasets say. */
  readonly firm?: boolean;
}

/** Writes relationships of one kind; several rows of one fill each other. What is there already is left alone. */
export async function writeEdges(
  { run, dataset, preference, tally, log }: Writing,
  { from, relation, to }: EdgeKind,
  edges: readonly EdgeWrite[],
  /** Those of which an end was only just made: they cannot be there yet. */
  made: ReadonlySet<EdgeWrite> = new Set(),
): Promise<void> {
  const type = relation.writes;
  const owners = ownersOf(relation.edge);
  const integers = integerColumns(relation.edge);
  // A relationship without a direction of its own starts at the lesser key.
  const turned = relation.steps[0]?.direction === 'both';
  const start = await Moved.in(run).of(from, new Set(edges.map((edge) => edge.from)));
  const end = await Moved.in(run).of(to, new Set(edges.map((edge) => edge.to)));
  const said = new Map<string, EdgeWrite[]>();
  const isNew = new Set<string>();
  for (const edge of edges) {
    const [a, b] = turned ? inOrder(edge.from, edge.to) : [edge.from, edge.to];
    const place = `${a}\n${b}`;
    if (made.has(edge)) isNew.add(place);
    const before = said.get(place);
    if (before) before.push(edge);
    else said.set(place, [{ ...edge, from: a, to: b }]);
  }
  const kind = { from, relation, to };
  const homeOf = ({ from: a, to: b }: EdgeWrite): Ends =>
    turned ? inOrder(start(a), end(b)) : [start(a), end(b)];
  const wanted = grouped(said.values(), ([first]) => homeOf(first as EdgeWrite).join('\n'));
  const asked = [...wanted.values()].flatMap((groups): Ends[] => {
    const [[first]] = groups as [[EdgeWrite]];
    return groups.some(([edge]) => !isNew.has(`${edge?.from}\n${edge?.to}`)) ? [homeOf(first)] : [];
  });
  const stored = await readStored(run, kind, asked);
  const entry: EdgeLog = {
    from: from.name,
    type,
    to: to.name,
    created: [],
    changed: [],
    removed: [],
  };
  const fresh: Columns[] = [];
  const changes: EdgeChange[] = [];
  const ones = isOne(from, type, 'out') || isOne(to, type, 'in');
  const unsettled: Ends[] = [];
  for (const [place, groups] of wanted) {
    const home = homeOf((groups[0] as [EdgeWrite])[0]);
    const now = stored.get(place);
    const before = now ? layersOf(now).layers : new Map<string, Columns>();
    const all = new Map(before);
    const rows = groups.map((own) => {
      const [first, ...more] = own as [EdgeWrite];
      const name = layerName(dataset, [first.from, first.to], home);
      let layer = applied(before.get(name) ?? {}, first.columns, false, owners);
      for (const { columns } of more) layer = applied(layer, columns, true, owners);
      if (first.firm) layer = { ...layer, ...unknown(first.columns, owners) };
      all.set(name, layer);
      return { ends: [first.from, first.to] as const, layer, own: before.get(name), name };
    });
    const next = stack(all, preference, owners, false);
    const set = now ? difference(next, now) : null;
    if (!now) {
      fresh.push({ from: home[0], to: home[1], ...prefixed(next) });
      if (ones || home[0] === home[1]) unsettled.push(home);
    } else if (set)
      changes.push({ from: home[0], to: home[1], set: typed(set, integers), aside: isAside(now) });
    for (const { ends, layer, own } of rows) {
      const same = now && (!set || (rows.length > 1 && own && !difference(layer, own)));
      tally.add(type, !now ? 'created' : same ? 'unchanged' : 'changed');
      if (same) continue;
      if (own) entry.changed.push([...ends, own]);
      else entry.created.push([...ends]);
    }
  }
  if (fresh.length) {
    const { columns, lists } = byColumn(fresh);
    const names = columns.filter((name) => name.startsWith('x_')).map((name) => name.slice(2));
    await run(
      statements.createEdges(from, type, to, names, integers, roleOf(relation, from)),
      lists,
    );
  }
  await changeStored(run, kind, changes);
  if (unsettled.length && (await Moved.in(run).any()))
    await settle({ run, preference }, kind, unsettled);
  if (entry.created.length || entry.changed.length) log.edges.push(entry);
}

/** The ends of a relationship without a direction of its own. */
export const inOrder = (a: string, b: string): Ends => (a > b ? [b, a] : [a, b]);

/** Columns of the relationship, kept apart from its ends: an engagement has a `from` and a `to` of its own. */
export function prefixed(columns: Columns): Columns {
  return Object.fromEntries(Object.entries(columns).map(([name, value]) => [`x_${name}`, value]));
}

/** The role that writing the relation gives to where it starts. */
export function roleOf(relation: RelationDef, from: Noun): string | null {
  return relation.owner !== from.name &&
    from.interfaces.includes(relation.owner) &&
    !['Node', 'Entity', 'Fact'].includes(relation.owner)
    ? relation.owner
    : null;
}
