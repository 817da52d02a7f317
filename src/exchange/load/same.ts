import type { Noun } from '../../blueprint';
import * as bulk from '../../derive/bulk';
import type { Writing } from './context';
import type { NewTie } from './create';
import type { EdgeKind, EdgeWrite } from './edges';
import type { Columns } from './layers';
import { pack, toColumns } from './pack';
import { integerColumns } from './values';

/**
 * The database itself looks whether something stands as it is said, so that nothing is read where nothing is to be
 * changed. What only one dataset speaks of can be told in this way; the rest is left to what reads it.
 */
type Judged<T> = readonly [same: readonly T[], others: readonly T[]];

/** @param cleared columns of which a row that says nothing says that there is nothing */
export async function sameNodes<T extends { readonly key: string; readonly columns: Columns }>(
  { run, dataset }: Writing,
  noun: Noun,
  rows: readonly T[],
  cleared: Columns,
): Promise<Judged<T>> {
  if (!rows.length) return [[], []];
  const { columns, p } = pack([
    { name: 'key', full: true, values: rows.map(({ key }) => key) },
    ...toColumns(
      rows.map((row) => row.columns),
      integerColumns(noun.properties.values()),
    ),
    ...unsaid(rows, cleared),
  ]);
  const text = bulk.bulkSameNodes(noun, columns, (name) => name in cleared);
  return parted(rows, await run(text, { ...p, datasets: [dataset] }));
}

/** Which relationships stand just as they should. Those without a direction are not looked for: either end may be first. */
export async function sameEdges(
  { run, dataset }: Writing,
  { from, relation, to }: EdgeKind,
  edges: readonly EdgeWrite[],
): Promise<Judged<EdgeWrite>> {
  if (!edges.length || relation.steps[0]?.direction === 'both') return [[], edges];
  const { columns, p } = pack([
    { name: 'from', full: true, values: edges.map((edge) => edge.from) },
    { name: 'to', full: true, values: edges.map((edge) => edge.to) },
    ...toColumns(
      edges.map((edge) => edge.columns),
      integerColumns(relation.edge),
    ).map((column) => ({ ...column, name: `x_${column.name}` })),
  ]);
  const text = bulk.bulkSameEdges(from, relation.writes, to, columns);
  return parted(edges, await run(text, { ...p, datasets: [dataset] }));
}

/** Which nodes rest on the one citation that they should, and on nothing else. */
export async function sameCitations(
  { run }: Writing,
  noun: Noun,
  ties: readonly NewTie[],
): Promise<Judged<NewTie>> {
  if (!ties.length) return [[], []];
  const { columns, p } = pack([
    { name: 'node', full: true, values: ties.map(({ key }) => key) },
    { name: 'key', full: true, values: ties.map(({ citation }) => citation.key) },
  ]);
  return parted(ties, await run(bulk.bulkSameCitations(noun, columns), p));
}

/** The columns that are to be empty in all rows. */
function unsaid(rows: readonly { readonly columns: Columns }[], cleared: Columns) {
  return Object.keys(cleared).flatMap((name) =>
    rows.some(({ columns }) => (columns[name] ?? null) !== null)
      ? []
      : [{ name, values: [null], same: true }],
  );
}

function parted<T>(all: readonly T[], found: readonly unknown[]): Judged<T> {
  const same = new Set(found);
  return [all.filter((_, at) => same.has(at)), all.filter((_, at) => !same.has(at))];
}
