import type { Noun, RelationDef } from '../../blueprint';
import * as statements from '../../derive/statements';
import type { Writing } from './context';
import { applied, difference, layersOf, ownersOf, stack, type Columns } from './layers';
import type { EdgeLog } from './log';
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
  const wanted = new Map<string, EdgeWrite[]>();
  const isNew = new Set<string>();
  for (const edge of edges) {
    const { from: a, to: b } =
      turned && edge.from > edge.to ? { from: edge.to, to: edge.from } : edge;
    const place = `${a}\n${b}`;
    if (made.has(edge)) isNew.add(place);
    const before = wanted.get(place);
    if (before) before.push(edge);
    else wanted.set(place, [{ ...edge, from: a, to: b }]);
  }
  const asked = [...wanted].flatMap(([place, [edge]]) =>
    edge && !isNew.has(place) ? [[edge.from, edge.to]] : [],
  );
  const read = asked.length
    ? ((await run(statements.readEdges(from, type, to), { rows: asked })) as [
        string,
        string,
        Columns,
      ][])
    : [];
  const stored = new Map(read.map(([a, b, columns]) => [`${a}\n${b}`, columns]));
  const entry: EdgeLog = {
    from: from.name,
    type,
    to: to.name,
    created: [],
    changed: [],
    removed: [],
  };
  const fresh: Columns[] = [];
  const changes: { from: string; to: string; set: Record<string, unknown> }[] = [];
  for (const [place, [first, ...more]] of wanted) {
    const edge = first as EdgeWrite;
    const now = stored.get(place);
    const before = now && layersOf(now);
    const own = before?.layers.get(dataset);
    let layer = applied(own ?? {}, edge.columns, false, owners);
    for (const { columns } of more) layer = applied(layer, columns, true, owners);
    const next = stack(
      new Map([...(before?.layers ?? []), [dataset, layer]]),
      preference,
      owners,
      false,
    );
    if (!now) {
      fresh.push({ from: edge.from, to: edge.to, ...prefixed(next) });
      entry.created.push([edge.from, edge.to]);
      tally.add(type, 'created');
      continue;
    }
    const set = difference(next, now);
    tally.add(type, set ? 'changed' : 'unchanged');
    if (!set) continue;
    changes.push({ from: edge.from, to: edge.to, set: typed(set, integers) });
    if (own) entry.changed.push([edge.from, edge.to, own]);
    else entry.created.push([edge.from, edge.to]);
  }
  if (fresh.length) {
    const { columns, lists } = byColumn(fresh);
    const names = columns.filter((name) => name.startsWith('x_')).map((name) => name.slice(2));
    await run(
      statements.createEdges(from, type, to, names, integers, roleOf(relation, from)),
      lists,
    );
  }
  if (changes.length) await run(statements.changeEdges(from, type, to), { rows: changes });
  if (entry.created.length || entry.changed.length) log.edges.push(entry);
}

/** Columns of the relationship, kept apart from its ends: an engagement has a `from` and a `to` of its own. */
function prefixed(columns: Columns): Columns {
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
