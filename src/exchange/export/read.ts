import neo4j from 'neo4j-driver';
import type { Blueprint, Noun, PropertyDef } from '../../blueprint';
import { columnsOf, plainColumns, valueOf, type Stored, type Value } from '../../blueprint/storage';
import {
  edgesStatement,
  keysStatement,
  nodesStatement,
  readDatasets,
  readRecords,
  usualOf,
  writtenBy,
} from '../../derive/export-statements';
import { storedNouns } from '../../derive/hiding';
import { relationAsStored } from '../../derive/who-is-who';
import type { Graph } from '../../graph/graph';
import { asText } from '../../support/as-text';
import {
  edgeLists,
  recordLabels,
  type Content,
  type DatasetRecord,
  type EdgeItem,
  type Item,
  type NodeItem,
  type RecordItem,
} from './items';

/** Nodes that one statement reads: few enough to be answered at once, many enough to be quick. */
const batch = 2_000;
const options = { deadline: 30_000 };

type NodeRow = readonly [
  key: string,
  columns: readonly Stored[],
  roles: readonly string[],
  stored: readonly (readonly [name: string, value: Stored])[],
];
type EdgeRow = readonly [
  from: string,
  type: string,
  noun: string,
  to: string,
  properties: Readonly<Record<string, Stored>>,
];

/**
 * Reads the graph: datasets and records, then node by node, then relationship by relationship, in batches: nouns as in
 * the register, within a noun by key, so that the same graph always comes in the same order.
 */
export async function readGraph(graph: Graph, blueprint: Blueprint): Promise<Content> {
  return {
    datasets: (await graph.read(readDatasets)).rows as readonly DatasetRecord[],
    records: records(graph),
    items: items(graph, blueprint, false),
    everything: items(graph, blueprint, true),
  };
}

async function* records(graph: Graph): AsyncGenerator<RecordItem> {
  for (const label of recordLabels) {
    const all = pieces<RecordItem['stored']>(graph, readRecords(label), {}, ({ id }) => id);
    for await (const rows of all) for (const stored of rows) yield { label, stored };
  }
}

async function* items(
  graph: Graph,
  blueprint: Blueprint,
  everything: boolean,
): AsyncGenerator<Item> {
  const nouns = everything ? storedNouns(blueprint) : blueprint.nouns;
  for (const noun of nouns) {
    const properties = [...noun.properties.values()];
    const usual = usualOf(noun, blueprint.all);
    const found = pieces<NodeRow>(graph, nodesStatement(noun), usual, ([key]) => key);
    for await (const rows of found) for (const row of rows) yield nodeItem(noun, properties, row);
  }
  for (const noun of blueprint.nouns) yield* readEdges(graph, blueprint.nouns, noun, false);
  if (everything) for (const noun of nouns) yield* readEdges(graph, nouns, noun, true);
}

/** Rows of a statement that goes on after the place of the last. */
async function* pieces<T>(
  graph: Graph,
  statement: string,
  given: object,
  place: (row: T) => string,
): AsyncGenerator<readonly T[]> {
  for (let after = ''; ;) {
    const p = { ...given, after, most: neo4j.int(batch) };
    const rows = (await graph.read(statement, p, options)).rows as readonly T[];
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows;
    after = place(last);
  }
}

function nodeItem(
  noun: Noun,
  properties: readonly PropertyDef[],
  [key, columns, roles, stored]: NodeRow,
): NodeItem {
  const values = new Map<string, Value>();
  let at = 0;
  for (const property of properties) {
    const { length } = plainColumns(property);
    const value = valueOf(property, columns.slice(at, at + length));
    at += length;
    if (value !== null) values.set(property.name, value);
  }
  return {
    kind: 'node',
    noun,
    key,
    values,
    roles: [...roles].sort(),
    stored: Object.fromEntries([...stored].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** The relationships that start at the nodes of a noun. */
async function* readEdges(
  graph: Graph,
  nouns: readonly Noun[],
  noun: Noun,
  hidden: boolean,
): AsyncGenerator<EdgeItem> {
  if (!writtenBy(noun).length) return;
  const statement = edgesStatement(noun, nouns, hidden);
  const named = new Map(nouns.map((each) => [each.name, each]));
  for await (const keys of pieces<string>(graph, keysStatement(noun), {}, (key) => key)) {
    const { rows } = await graph.read(statement, { keys }, options);
    yield* (rows as readonly EdgeRow[])
      .map((row) => edgeItem(noun, named.get(row[2]) as Noun, row))
      .sort(byPlace);
  }
}

function edgeItem(from: Noun, far: Noun, [key, type, , to, properties]: EdgeRow): EdgeItem {
  const edge = relationAsStored(from, type, far, properties)?.edge ?? [];
  const values = new Map<string, Value>();
  const stored = { ...properties };
  for (const property of [...edge, ...edgeLists]) {
    const plain = plainColumns(property).map((name) => properties[name] ?? null);
    const value = valueOf(property, plain);
    if (value !== null) values.set(property.name, value);
    for (const { name } of columnsOf(property)) delete stored[name];
  }
  return {
    kind: 'edge',
    type,
    from: { noun: from, key },
    to: { noun: far, key: to },
    values,
    stored,
  };
}

function byPlace(a: EdgeItem, b: EdgeItem): number {
  const place = ({ from, type, to, stored }: EdgeItem) => [
    from.key,
    type,
    to.noun.name,
    to.key,
    asText(stored.aside),
  ];
  const [left, right] = [place(a), place(b)];
  const at = left.findIndex((part, index) => part !== right[index]);
  return at < 0 ? 0 : (left[at] as string) < (right[at] as string) ? -1 : 1;
}
