import type { PropertyDef } from '../../blueprint';
import { columnsOf, type Stored } from '../../blueprint/storage';
import { fold } from '../../support/fold';

export type Columns = Readonly<Record<string, Stored>>;

/**
 * What one dataset says of a node or relationship is its layer. Where only one dataset speaks, its layer is what is
 * stored. Where several do, or one says that something is unknown, `said` holds a layer for each of `datasets`, in that
 * order and as JSON, and the properties are what the preferred dataset says, filled from the others property by property.
 */
export interface Layers {
  readonly datasets: readonly string[];
  readonly layers: ReadonlyMap<string, Columns>;
}

/** Properties that are about the node or relationship, and no layer's. */
const bookkeeping = new Set([
  'key',
  'datasets',
  'datasetsFolded',
  'said',
  'formerKeys',
  'retractedIn',
]);

/** The layers of what is stored. */
export function layersOf(stored: Columns): Layers {
  const datasets = (stored.datasets ?? []) as readonly string[];
  const said = stored.said as readonly string[] | null | undefined;
  if (said)
    return {
      datasets,
      layers: new Map(
        datasets.map((name, at) => [name, JSON.parse(said[at] as string) as Columns]),
      ),
    };
  const own = Object.fromEntries(
    Object.entries(stored).filter(([name, value]) => !bookkeeping.has(name) && value !== null),
  );
  return { datasets, layers: new Map(datasets.map((name) => [name, own])) };
}

/** Which property each stored column belongs to, so that an amount is never paired with another's currency. */
export function ownersOf(properties: Iterable<PropertyDef>): ReadonlyMap<string, string> {
  return new Map(
    [...properties].flatMap((property) =>
      columnsOf(property).map(({ name }) => [name, property.name] as const),
    ),
  );
}

/**
 * What is to be stored for some layers.
 * @param preference datasets, the most trusted first; the others follow by name
 */
export function stack(
  layers: ReadonlyMap<string, Columns>,
  preference: readonly string[],
  owners: ReadonlyMap<string, string>,
  folded: boolean,
): Columns {
  const datasets = [...layers.keys()].sort();
  const rank = (name: string) => preference.indexOf(name) + 1 || Infinity;
  const order = [...datasets].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  const shown: Record<string, Stored> = {};
  const taken = new Map<string, string>();
  for (const dataset of order)
    for (const [column, value] of Object.entries(layers.get(dataset) as Columns)) {
      const owner = owners.get(column) ?? column;
      if ((taken.get(owner) ?? dataset) !== dataset) continue;
      taken.set(owner, dataset);
      // Null takes its place too: the dataset says that it is unknown.
      if (value !== null) shown[column] = value;
    }
  const firm = [...layers.values()].some((layer) => Object.values(layer).includes(null));
  return {
    ...shown,
    datasets,
    ...(folded ? { datasetsFolded: datasets.map(fold) } : {}),
    ...(datasets.length > 1 || firm
      ? { said: datasets.map((name) => JSON.stringify(layers.get(name))) }
      : {}),
  };
}

/** What stays, whatever the layers say. */
const kept = new Set(['key', 'formerKeys', 'retractedIn']);

/** What has to be set so that `wanted` is stored and nothing else; null where nothing has to. */
export function difference(wanted: Columns, stored: Columns): Record<string, Stored> | null {
  const set: Record<string, Stored> = {};
  for (const [name, value] of Object.entries(wanted))
    if (!same(value, stored[name] ?? null)) set[name] = value;
  for (const [name, value] of Object.entries(stored))
    if (value !== null && !(name in wanted) && !kept.has(name)) set[name] = null;
  return Object.keys(set).length ? set : null;
}

function same(a: Stored, b: Stored): boolean {
  return Array.isArray(a) || Array.isArray(b) ? JSON.stringify(a) === JSON.stringify(b) : a === b;
}

/** Puts what a row says on a layer. Null takes away; a row that only fills leaves what is known. */
export function applied(
  layer: Columns,
  said: Columns,
  fills: boolean,
  owners: ReadonlyMap<string, string>,
): Columns {
  const next: Record<string, Stored> = { ...layer };
  const held = fills
    ? new Set(Object.keys(layer).map((column) => owners.get(column) ?? column))
    : null;
  for (const [column, value] of Object.entries(said)) {
    if (held?.has(owners.get(column) ?? column)) continue;
    if (value !== null) next[column] = value;
    else if (!fills) delete next[column];
  }
  return next;
}
