import { listIndexes } from '../derive/statements';
import type { Graph } from './graph';

/** Applies the constraints and indexes that are not there yet, all in one transaction. */
export async function prepare(graph: Graph, constraints: readonly string[]): Promise<number> {
  const { rows } = await graph.read(listIndexes);
  const there = new Set(rows);
  const missing = constraints.filter(
    (text) => !there.has(/(?:CONSTRAINT|INDEX) (\w+)/.exec(text)?.[1]),
  );
  if (!missing.length) return 0;
  await graph.write(
    async (run) => {
      for (const text of missing) await run(text.replace(/;$/, ''));
    },
    { deadline: 120_000 },
  );
  await graph.read('CALL db.awaitIndexes(60)', {}, { deadline: 61_000 }).catch(() => {});
  return missing.length;
}
