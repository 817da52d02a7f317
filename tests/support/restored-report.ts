import { join } from 'node:path';
import { blueprint } from '../../src/entities/blueprint';
import { loadDataset } from '../../src/exchange/dataset';
import { Graph } from '../../src/graph/graph';

/** Gives the graph that all tests share back as it was: the report and nothing else. */
export async function restoreReport(): Promise<void> {
  const graph = new Graph({ uri: process.env.YUNTU_TEST_NEO4J_URI as string });
  await graph.write((run) => run('MATCH (n) DETACH DELETE n'));
  await loadDataset(graph, blueprint, join(__dirname, '..', '..', 'data', 'cloud100-2024'));
  await graph.close();
}

/** How many nodes and relationships there are. */
export async function countsOf(graph: Graph): Promise<string> {
  const { rows } = await graph.read(
    'RETURN [COUNT { MATCH (n) RETURN n }, COUNT { MATCH ()-[r]->() RETURN r }] AS row',
  );
  return String(rows[0]);
}
