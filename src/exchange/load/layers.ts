import type { PropertyDef } from '../../blueprint';
import { columnsOf, type Stored } from '../../blueprint/storage';
import { asText } from '../../support/as-text';
import { compare } from '../../support/compare';
import { fold } from '../../support/fold';

export type Columns = Readonly<Record<string, Stored>>;

/**
 * What one dataset says of a node or relationship is its layer. Where only one dataset speaks, its layer is what is
 * stored. Where several do, or one says that something is unknown, `said` holds a layer for each of `datasets`, in that
 * order and as JSON, and the properties are what the preferred dataset says, filled from the others property by property.
 * Of what was merged from several keys each key keeps its layers; `saidBy` then names them, in the order of `said`.
 */
export interface Layers {
  readonly datasets: readonly string[];
  /** By name: see {@link layerName}. */
  readonly layers: ReadonlyMap<string, Columns>;
}

/** Properties that are about the node or relationship, and no layer's. */
const bookkeeping = new Set([
  'key',
  'datasets',
  'datasetsFolded',
  'said',
  'saidBy',
  'aside',
  'retractedIn',
]);

/**
 * The name of a layer: its dataset, and where it was said under keys that were merged away, those keys.
 * @param keys as they were said: a node's, or the two of a relationship
 * @param home the keys now
 */
export function layerName(
  dataset: string,
  keys: readonly string[],
  home: readonly string[],
): string {
  return keys.every((key, at) => key === home[at]) ? dataset : [dataset, ...keys].join('\n');
}

/** The dataset of a layer, and the keys under which it was said. */
export function layerParts(
  name: string,
  home: readonly string[],
): { readonly dataset: string; readonly keys: readonly string[] } {
  const [dataset = '', ...keys] = name.split('\n');
  return { dataset, keys: keys.length ? keys : home };
}

/** The dataset that a layer of this name belongs to: see {@link layerName}. */
export const datasetOf = (name: string): string => name.split('\n', 1)[0] as string;

/** The layers of what is stored. */
export function layersOf(stored: Columns): Layers {
  const datasets = (stored.datasets ?? []) as readonly string[];
  const said = stored.said as readonly string[] | null | undefined;
  const names = (stored.saidBy ?? datasets) as readonly string[];
  if (said)
    return {
      datasets,
      layers: new Map(names.map((name, at) => [name, JSON.parse(said[at] as string) as Columns])),
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
  // A key's own layer stands before those of the keys that were merged into it: its name is the beginning of theirs.
  const names = [...layers.keys()].sort();
  const datasets = [...new Set(names.map(datasetOf))].sort();
  const rank = (name: string) => preference.indexOf(datasetOf(name)) + 1 || Infinity;
  const order = [...names].sort((a, b) => rank(a) - rank(b) || compare(a, b));
  const merged = names.some((name) => name.includes('\n'));
  const shown: Record<string, Stored> = {};
  const taken = new Map<string, string>();
  const take = (passes: (layer: Columns, owner: string) => boolean): void => {
    for (const name of order) {
      const layer = layers.get(name) as Columns;
      for (const [column, value] of Object.entries(layer)) {
        const owner = owners.get(column) ?? column;
        if ((taken.get(owner) ?? name) !== name || !passes(layer, owner)) continue;
        taken.set(owner, name);
        // Null takes its place too: the dataset says that it is unknown.
        if (value !== null) shown[column] = value;
      }
    }
  };
  // Whoever knows the name speaks before who has lost it.
  if (merged) take((layer, owner) => !isLost(layer) || !ofName.has(owner));
  take(() => true);
  if (merged)
    gather(
      shown,
      order.map((name) => layers.get(name) as Columns),
    );
  const firm = [...layers.values()].some((layer) => Object.values(layer).includes(null));
  return {
    ...shown,
    datasets,
    ...(folded ? { datasetsFolded: datasets.map(fold) } : {}),
    ...(names.length > 1 || merged || firm
      ? { said: names.map((name) => layerText(layers.get(name) as Columns)) }
      : {}),
    ...(merged ? { saidBy: names } : {}),
  };
}

/** A layer as a text: the same whatever the order in which its columns came. */
const layerText = (layer: Columns): string =>
  JSON.stringify(Object.fromEntries(Object.entries(layer).sort(([a], [b]) => compare(a, b))));

const ofName = new Set(['name', 'nameCertainty']);
const isLost = ({ nameCertainty }: Columns): boolean => nameCertainty === 'UNNAMED';

/** What was merged has the lists of all, and answers to every name that one of them had. */
function gather(shown: Record<string, Stored>, layers: readonly Columns[]): void {
  const lists = new Map<string, Set<string>>();
  for (const layer of layers)
    for (const [column, value] of Object.entries(layer))
      if (Array.isArray(value) && !column.endsWith('Folded')) {
        const list = lists.get(column) ?? new Set();
        lists.set(column, list);
        for (const each of value as readonly string[]) list.add(each);
      }
  const aliases = lists.get('aliases') ?? new Set<string>();
  const known = new Set([shown.name, shown.nameZh, ...aliases].map((name) => fold(asText(name))));
  for (const layer of layers)
    for (const name of isLost(layer) ? [] : [layer.name, layer.nameZh]) {
      if (typeof name !== 'string' || known.has(fold(name))) continue;
      known.add(fold(name));
      lists.set('aliases', aliases.add(name));
    }
  for (const [column, list] of lists) {
    const plain = [...list];
    shown[column] = plain;
    if (`${column}Folded` in shown || column === 'aliases')
      shown[`${column}Folded`] = plain.map(fold);
  }
}

/** What stays, whatever the layers say. */
const kept = new Set(['key', 'aside', 'retractedIn']);

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

/** The columns of properties of which nothing is known. */
export function unknown(columns: Columns, owners: ReadonlyMap<string, string>): Columns {
  const held = new Set(
    Object.entries(columns).flatMap(([name, value]) => (value === null ? [] : [owners.get(name)])),
  );
  return Object.fromEntries(
    Object.entries(columns).filter(([name]) => !held.has(owners.get(name))),
  );
}
