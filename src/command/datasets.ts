import * as journal from '../derive/journal';
import { blueprint } from '../entities/blueprint';
import { dropDataset } from '../exchange/journal/drop';
import { trustInOrder } from '../exchange/journal/trust';
import { undoRun } from '../exchange/journal/undo';
import type { TakenBack } from '../exchange/journal/take-back';
import type { Given, Usage } from './arguments';
import { withGraph } from './open';

export const dropUsage: Usage = {
  form: 'drop <dataset>',
  meaning: 'Empties a dataset; what other datasets say too is theirs again.',
  words: [1, 1],
};

export const undoUsage: Usage = {
  form: 'undo <run>',
  meaning: 'Takes back what one import wrote, and nothing else.',
  words: [1, 1],
};

export const runsUsage: Usage = {
  form: 'runs',
  meaning: 'Lists datasets and imports.',
  words: [0, 0],
};

export const trustUsage: Usage = {
  form: 'trust <dataset> ...',
  meaning:
    'Puts datasets into the order in which they are believed, the first most; those not named follow as they stood.',
  words: [1, 1_000],
};

export async function runTrust({ words }: Given): Promise<number> {
  const { order, nodes, edges } = await withGraph((graph) => trustInOrder(graph, blueprint, words));
  process.stdout.write(
    `Datasets, the most trusted first: ${order.join(', ')}. ${nodes} nodes and ${edges} relationships show something else now.\n`,
  );
  return 0;
}

export async function runDrop({ words }: Given): Promise<number> {
  const taken = await withGraph((graph) => dropDataset(graph, blueprint, words[0] as string));
  process.stdout.write(`Dropped ${words[0]}: ${takenText(taken)}\n`);
  return 0;
}

export async function runUndo({ words }: Given): Promise<number> {
  const taken = await withGraph((graph) => undoRun(graph, blueprint, words[0] as string));
  process.stdout.write(`Took back ${words[0]}: ${takenText(taken)}\n`);
  return 0;
}

export async function runRuns(): Promise<number> {
  const { datasets, runs } = await withGraph(async (graph) => ({
    datasets: (await graph.read(journal.datasets)).rows as string[],
    runs: (await graph.read(journal.listRuns)).rows as Record<string, string | number>[],
  }));
  const lines = [
    `Datasets, the most trusted first: ${datasets.join(', ') || 'none'}.`,
    ...runs.map(
      ({ id, state, startedAt, created, changed, rejected }) =>
        `  ${id}  ${startedAt}  ${state}${created === undefined ? '' : `  ${created} created, ${changed} changed, ${rejected} rejected`}`,
    ),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return 0;
}

function takenText({ removed, changed, stubs }: TakenBack): string {
  return `${removed} nodes and relationships removed, ${changed} changed back${stubs ? `, ${stubs} left as names, for others lead to them` : ''}.`;
}
