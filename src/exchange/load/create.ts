import type { Noun } from '../../blueprint';
import * as bulk from '../../derive/bulk';
import { labelsOf } from '../../derive/statements';
import { fold } from '../../support/fold';
import type { CheckedCitation } from '../check/citation';
import type { Writing } from './context';
import { roleOf, type EdgeKind, type EdgeWrite } from './edges';
import { applied, ownersOf, type Columns } from './layers';
import type { NodeWrite } from './nodes';
import { pack, toColumns } from './pack';
import { integerColumns } from './values';

/**
 * Creates nodes that are known not to be there: nothing is read, and what a row says goes to the database as it is.
 * Several rows of one node come after each other.
 */
export async function createNodes(
  { run, blueprint, dataset, tally, log }: Writing,
  noun: Noun,
  writes: readonly NodeWrite[],
): Promise<void> {
  if (!writes.length) return;
  const owners = ownersOf(noun.properties.values());
  const layers = new Map<string, Columns>();
  for (const { key, columns, fills, onlyNew } of writes) {
    const before = layers.get(key);
    if (!before) layers.set(key, columns);
    else if (!onlyNew)
      layers.set(key, applied(applied({}, before, false, owners), columns, Boolean(fills), owners));
  }
  const { columns, p } = pack([
    { name: 'key', full: true, values: [...layers.keys()] },
    { name: 'datasets', values: [[dataset]], same: true },
    { name: 'datasetsFolded', values: [[fold(dataset)]], same: true },
    ...toColumns([...layers.values()], integerColumns(noun.properties.values())),
  ]);
  await run(bulk.bulkNodes(labelsOf(noun, blueprint.all), columns), p);
  log.nodes.push({ noun: noun.name, created: [...layers.keys()], changed: [] });
  tally.add(noun.name, 'created', layers.size);
}

/** What a new node rests on. */
export interface NewTie {
  readonly key: string;
  readonly citation: CheckedCitation;
}

/** Whether a citation says no more than where in one source something stands. */
export const isPlain = ({ via, asPrinted }: CheckedCitation): boolean =>
  !via.length && asPrinted === null;

/** Ties nodes that were only just made to a plain citation of one source each. */
export async function citeNew(
  { run, dataset, tally, log }: Writing,
  noun: Noun,
  source: string,
  ties: readonly NewTie[],
): Promise<void> {
  if (!ties.length) return;
  const { columns, p } = pack([
    { name: 'node', full: true, values: ties.map(({ key }) => key) },
    { name: 'key', full: true, values: ties.map(({ citation }) => citation.key) },
    { name: 'datasets', values: [[dataset]], same: true },
    { name: 'datasetsFolded', values: [[fold(dataset)]], same: true },
    ...toColumns(
      ties.map(({ citation: { page, quote } }) => ({
        quote,
        quoteFolded: quote && fold(quote),
        page,
      })),
      new Set(['page']),
    ),
  ]);
  await run(bulk.bulkCitations(noun, columns), { ...p, source });
  const tied = ties.map(({ key, citation }): [string, string] => [key, citation.key]);
  log.ties.push({ noun: noun.name, tied, untied: [] });
  tally.support += ties.length;
}

/**
 * Creates relationships of one kind, of which both ends are known to be there.
 * @param absent whether none of them can be there; else those that are there are left alone
 * @returns those that are there
 */
export async function createEdges(
  { run, dataset, tally, log }: Writing,
  { from, relation, to }: EdgeKind,
  edges: readonly EdgeWrite[],
  absent: boolean,
): Promise<readonly EdgeWrite[]> {
  if (!edges.length) return [];
  const type = relation.writes;
  const owners = ownersOf(relation.edge);
  const turned = relation.steps[0]?.direction === 'both';
  const wanted = new Map<string, EdgeWrite[]>();
  for (const edge of edges) {
    const place = turned && edge.from > edge.to ? [edge.to, edge.from] : [edge.from, edge.to];
    const group = wanted.get(place.join('\n'));
    if (group) group.push(edge);
    else wanted.set(place.join('\n'), [edge]);
  }
  const places = [...wanted.keys()].map((place) => place.split('\n') as [string, string]);
  const groups = [...wanted.values()];
  const layers = groups.map(([first, ...more]) => {
    let layer = (first as EdgeWrite).columns;
    for (const { columns } of more) layer = applied(layer, columns, true, owners);
    return layer;
  });
  const { columns, p } = pack([
    { name: 'from', full: true, values: places.map(([start]) => start) },
    { name: 'to', full: true, values: places.map(([, end]) => end) },
    { name: 'x_datasets', values: [[dataset]], same: true },
    ...toColumns(layers, integerColumns(relation.edge)).map((column) => ({
      ...column,
      name: `x_${column.name}`,
    })),
  ]);
  const text = absent ? bulk.bulkEdges : bulk.bulkMissingEdges;
  const there = new Set(await run(text(from, type, to, columns, roleOf(relation, from)), p));
  const created = places.filter((_, at) => !there.has(at));
  if (created.length) {
    log.edges.push({
      from: from.name,
      type,
      to: to.name,
      created,
      changed: [],
      removed: [],
    });
    tally.add(type, 'created', created.length);
  }
  return groups.flatMap((group, at) => (there.has(at) ? group : []));
}
