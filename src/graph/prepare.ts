import { listIndexes } from '../derive/statements';
import type { Graph } from './graph';

/** The name of a constraint or index. */
export const nameOf = (text: string): string =>
  /(?:CONSTRAINT|INDEX) (\w+)/.exec(text)?.[1] ?? text;

/** Those of the constraints and indexes that the database does not have. */
export async function missing(
  graph: Graph,
  constraints: readonly string[],
  deadline = 4_000,
): Promise<readonly string[]> {
  const there = new Set((await graph.read(listIndexes, {}, { deadline })).rows);
  return constraints.filter((text) => !there.has(nameOf(text)));
}

/**
 * Applies the constraints and indexes that are not there yet, all in one transaction.
 * @throws Error that names the first that cannot be had, with the database's reason as its cause
 */
export async function prepare(graph: Graph, constraints: readonly string[]): Promise<number> {
  const wanted = await missing(graph, constraints);
  if (!wanted.length) return 0;
  let at = '';
  try {
    await graph.write(
      async (run) => {
        for (const text of wanted) {
          at = nameOf(text);
          await run(text.replace(/;$/, ''));
        }
      },
      { deadline: 120_000 },
    );
  } catch (error) {
    const { cause = error } = error as Error;
    throw new Error(
      `The database lacks ${wanted.length} constraints and indexes, and "${at}" cannot be made.`,
      { cause },
    );
  }
  await graph.read('CALL db.awaitIndexes(60)', {}, { deadline: 61_000 }).catch(() => {});
  return wanted.length;
}
