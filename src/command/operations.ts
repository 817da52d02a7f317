import neo4j from 'neo4j-driver';
import { operationsStatement } from '../derive/trail';
import { wholeNumber, type Given, type Usage } from './arguments';
import { withGraph } from './open';

export const operationsUsage: Usage = {
  form: 'operations [<id>]',
  meaning: 'Lists what curators did, the latest first; with Company:moonshot-ai what touched that.',
  words: [0, 1],
  options: { first: { value: 'n', meaning: 'How many; 20 unless told.' } },
};

export async function runOperations(given: Given): Promise<number> {
  const first = neo4j.int(wholeNumber(given, 'first') ?? 20);
  const p = { of: given.words[0] ?? null, after: null, first };
  const [{ total, page }] = (await withGraph((graph) => graph.read(operationsStatement, p)))
    .rows as [{ total: number; page: Record<string, string | readonly string[]>[] }];
  const lines = page.map(
    ({ at, by, id, changes, nodes }) =>
      `  ${at as string}  ${by as string}  ${id as string}  ${[changes].flat().join(', ')}  ${[nodes].flat().join(', ')}`,
  );
  process.stdout.write(`${total} operations.\n${lines.map((line) => `${line}\n`).join('')}`);
  return 0;
}
