import { readConfig } from '../config';
import { constraintsOf } from '../derive/constraints';
import { blueprint } from '../entities/blueprint';
import { Graph } from '../graph/graph';
import { openNeo4j } from '../graph/open';
import { prepare } from '../graph/prepare';

/** Says something to the person at the terminal; what can be piped goes to standard output instead. */
export const say = (message: string): void => {
  process.stderr.write(`${message}\n`);
};

/** Opens the graph that `npm start` opens, sharing a local Neo4j with it, and leaves it in the end. */
export async function withGraph<T>(work: (graph: Graph) => Promise<T>): Promise<T> {
  const neo4j = await openNeo4j(readConfig(process.env), process.env, say);
  const graph = new Graph(neo4j);
  try {
    await graph.ping(8_000);
    await prepare(graph, constraintsOf(blueprint));
    return await work(graph);
  } finally {
    await graph.close();
    await neo4j.close();
  }
}
