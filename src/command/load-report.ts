import { join } from 'node:path';
import { blueprint } from '../entities/blueprint';
import { loadDataset } from '../exchange/dataset';
import type { Graph } from '../graph/graph';
import type { Usage } from './arguments';
import { withGraph } from './open';

const folder = join(__dirname, '..', '..', 'data', 'cloud100-2024');

/**
 * Loads the built-in report, all or nothing; what is there already stays as it is.
 * @returns how many nodes and relationships were created, changed and left as they were
 * @throws LoadFaults where a file of the report is faulty; then nothing is written
 */
export const loadReport = async (graph: Graph) =>
  (await loadDataset(graph, blueprint, folder)).total;

export const loadReportUsage: Usage = {
  form: 'load-report',
  meaning: 'Loads the built-in report beside what is there; the same again changes nothing.',
  words: [0, 0],
};

export async function runLoadReport(): Promise<number> {
  const { created, changed, unchanged } = await withGraph(loadReport);
  process.stdout.write(
    `Loaded the report Cloud 100 China 2024: ${created} nodes and relationships created, ${changed} changed, ${unchanged} unchanged.\n`,
  );
  return 0;
}
