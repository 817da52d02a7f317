import type { Blueprint } from '../../blueprint';
import type { Graph } from '../../graph/graph';
import type { Files } from './files';
import type { Format } from './format';
import { csv } from './formats/csv';
import { cypher } from './formats/cypher';
import { gexf } from './formats/gexf';
import { graphml } from './formats/graphml';
import { jsonLines } from './formats/json-lines';
import { parquet } from './formats/parquet';
import { jsonLd, turtle } from './formats/rdf';
import type { Item } from './items';
import { readGraph } from './read';

/** All ways to write the graph down. */
export const formats: readonly Format[] = [
  jsonLines,
  csv,
  parquet,
  graphml,
  gexf,
  turtle,
  jsonLd,
  cypher,
];

/** What an export held, and whether the graph stood still meanwhile. */
export interface ExportReport {
  readonly nodes: number;
  readonly edges: number;
  /** False where something was written to the graph while it was read: the export may then hold a little of both. */
  readonly still: boolean;
}

/** Writes the graph in a format. Streams: memory does not grow with the graph. */
export async function exportGraph(
  graph: Graph,
  blueprint: Blueprint,
  format: Format,
  files: Files,
): Promise<ExportReport> {
  const counts = { node: 0, edge: 0 };
  const revision = async () => (await graph.read('CYPHER 5 RETURN 1 AS one')).revision;
  const before = await revision();
  const content = await readGraph(graph, blueprint);
  async function* counted(items: AsyncIterable<Item>): AsyncGenerator<Item> {
    for await (const item of items) {
      counts[item.kind]++;
      yield item;
    }
  }
  const { items, everything } = content;
  await format.write(
    { ...content, items: counted(items), everything: counted(everything) },
    blueprint,
    files,
  );
  return { nodes: counts.node, edges: counts.edge, still: before === (await revision()) };
}
