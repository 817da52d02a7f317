import { createHash } from 'node:crypto';
import type { Graph } from '../../src/graph/graph';

/**
 * The whole graph as sorted lines, read as it is stored: labels, types and every property. The records of imports, which
 * bear the time, are left out.
 */
export async function canonicalLines(graph: Graph): Promise<string[]> {
  const sorted = (value: unknown): unknown =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value;
  const name = '[x IN labels(X) | x] + [X.key]'.replace(/x/g, 'l');
  const nodes = await graph.read(
    `MATCH (n) WHERE NOT n:Dataset|ImportRun|ImportBatch|Operation RETURN [${name.replaceAll('X', 'n')}, properties(n)] AS row`,
    {},
    { deadline: 60_000 },
  );
  const edges = await graph.read(
    `MATCH (a)-[r]->(b) RETURN [${name.replaceAll('X', 'a')}, type(r), ${name.replaceAll('X', 'b')}, properties(r)] AS row`,
    {},
    { deadline: 60_000 },
  );
  const line = (row: unknown): string =>
    JSON.stringify(
      (row as unknown[]).map((part) =>
        Array.isArray(part) ? [...(part as string[])].sort() : sorted(part),
      ),
    );
  return [...nodes.rows, ...edges.rows].map(line).sort();
}

/** A digest of the whole graph: two graphs that hold the same have the same. */
export async function canonicalHash(graph: Graph): Promise<string> {
  const lines = await canonicalLines(graph);
  return createHash('sha256').update(lines.join('\n')).digest('hex');
}
