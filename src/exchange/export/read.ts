import neo4j from 'neo4j-driver';
import type { Blueprint, Noun, PropertyDef } from '../../blueprint';
import { plainColumns, valueOf, type Stored, type Value } from '../../blueprint/storage';
import {
  edgesStatement,
  namedNodesStatement,
  nodesStatement,
  writtenBy,
} from '../../derive/export-statements';
import type { Graph } from '../../graph/graph';
import { edgeLists, nameOf, type EdgeItem, type Item, type NodeItem } from './items';

/** Nodes that one statement reads: few enough to be answered at once, many enough to be quick. */
const batch = 2_000;
const options = { deadline: 30_000 };

type NodeRow = readonly [key: string, columns: readonly Stored[]];
type EdgeRow = readonly [
  from: string,
  type: string,
  noun: string,
  to: string,
  properties: Readonly<Record<string, Stored>>,
];

/** Which nodes are exported: all, or those of these ids (`Company:moonshot-ai`) with what lies between them. */
export type Selection = ReadonlySet<string> | null;

/**
 * Reads the graph node by node, then relationship by relationship, in batches: nouns as in the register, within a noun
 * by key, so that the same graph always comes in the same order.
 */
export async function* readGraph(
  graph: Graph,
  blueprint: Blueprint,
  selection: Selection = null,
): AsyncGenerator<Item> {
  for (const noun of blueprint.nouns) yield* readNodes(graph, noun, selection);
  for (const noun of blueprint.nouns) yield* readEdges(graph, blueprint, noun, selection);
}

/** The nodes of a noun, by key. */
export async function* readNodes(
  graph: Graph,
  noun: Noun,
  selection: Selection = null,
): AsyncGenerator<NodeItem> {
  const properties = [...noun.properties.values()];
  for await (const rows of nodeBatches(graph, noun, selection))
    for (const [key, columns] of rows) yield nodeItem(noun, properties, key, columns);
}

async function* nodeBatches(
  graph: Graph,
  noun: Noun,
  selection: Selection,
): AsyncGenerator<readonly NodeRow[]> {
  if (selection) {
    for (const keys of named(noun, selection))
      yield sorted((await graph.read(namedNodesStatement(noun), { keys }, options)).rows);
    return;
  }
  let after = '';
  for (;;) {
    const p = { after, most: neo4j.int(batch) };
    const rows = (await graph.read(nodesStatement(noun), p, options)).rows as readonly NodeRow[];
    if (!rows.length) return;
    yield rows;
    after = (rows[rows.length - 1] as NodeRow)[0];
  }
}

function* named(noun: Noun, selection: ReadonlySet<string>): Generator<string[]> {
  const prefix = `${noun.name}:`;
  const keys = [...selection]
    .filter((id) => id.startsWith(prefix))
    .map((id) => id.slice(prefix.length))
    .sort();
  for (let at = 0; at < keys.length; at += batch) yield keys.slice(at, at + batch);
}

const sorted = (rows: readonly unknown[]): NodeRow[] =>
  [...(rows as NodeRow[])].sort(([a], [b]) => (a < b ? -1 : 1));

function nodeItem(
  noun: Noun,
  properties: readonly PropertyDef[],
  key: string,
  columns: readonly Stored[],
): NodeItem {
  const values = new Map<string, Value>();
  let at = 0;
  for (const property of properties) {
    const { length } = plainColumns(property);
    const value = valueOf(property, columns.slice(at, at + length));
    at += length;
    if (value !== null) values.set(property.name, value);
  }
  return { kind: 'node', noun, key, values };
}

/** The relationships that start at the nodes of a noun. */
async function* readEdges(
  graph: Graph,
  blueprint: Blueprint,
  noun: Noun,
  selection: Selection,
): AsyncGenerator<EdgeItem> {
  const written = new Map(writtenBy(noun).map((relation) => [relation.writes as string, relation]));
  if (!written.size) return;
  const statement = edgesStatement(noun, blueprint.nouns);
  for await (const nodes of nodeBatches(graph, noun, selection)) {
    const keys = nodes.map(([key]) => key);
    const { rows } = await graph.read(statement, { keys }, options);
    const items = (rows as readonly EdgeRow[])
      .map(([key, type, far, to, stored]) =>
        edgeItem(blueprint, noun, key, type, far, to, stored, written.get(type)?.edge ?? []),
      )
      .filter((item) => !selection || selection.has(nameOf(item.to)))
      .sort(byPlace);
    yield* items;
  }
}

function edgeItem(
  blueprint: Blueprint,
  noun: Noun,
  key: string,
  type: string,
  far: string,
  to: string,
  stored: Readonly<Record<string, Stored>>,
  edge: readonly PropertyDef[],
): EdgeItem {
  const values = new Map<string, Value>();
  for (const property of [...edge, ...edgeLists]) {
    const plain = plainColumns(property).map((name) => stored[name] ?? null);
    const value = valueOf(property, plain);
    if (value !== null) values.set(property.name, value);
  }
  return {
    kind: 'edge',
    type,
    from: { noun, key },
    to: { noun: blueprint.get(far), key: to },
    values,
  };
}

function byPlace(a: EdgeItem, b: EdgeItem): number {
  const place = (item: EdgeItem) => [item.from.key, item.type, item.to.noun.name, item.to.key];
  const [left, right] = [place(a), place(b)];
  const at = left.findIndex((part, index) => part !== right[index]);
  return at < 0 ? 0 : (left[at] as string) < (right[at] as string) ? -1 : 1;
}
