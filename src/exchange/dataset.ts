import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import type { Blueprint } from '../blueprint';
import * as journal from '../derive/journal';
import type { Graph } from '../graph/graph';
import { checkRow, type CheckedRow } from './check/row';
import { checkWhole, type Edge } from './check/whole';
import { LoadFaults, type RowFault } from './fault';
import type { Run } from './load/context';
import { takeWritersTurn } from './load/hidden';
import { emptyLog } from './load/log';
import { writeRows } from './load/write';
import { Tally } from './tally';
import { readYaml } from './source/yaml-source';

/** A dataset read from its folder and found to be whole. */
export interface Dataset {
  readonly name: string;
  readonly title?: string;
  readonly rows: readonly CheckedRow[];
  readonly edges: readonly Edge[];
}

/**
 * Reads a dataset: `dataset.yaml` names it, every other YAML file below holds rows of one noun.
 * @throws LoadFaults with every fault, each with file and line
 */
export async function readDataset(blueprint: Blueprint, folder: string): Promise<Dataset> {
  const faults: RowFault[] = [];
  const { dataset, title } = parse(await readFile(join(folder, 'dataset.yaml'), 'utf8')) as {
    dataset: string;
    title?: string;
  };
  const names = (await readdir(folder, { recursive: true }))
    .filter((name) => /\.ya?ml$/.test(name) && name !== 'dataset.yaml')
    .sort();
  const raw = (await Promise.all(names.map((name) => readYaml(join(folder, name), faults)))).flat();
  const rows = raw.flatMap((row) => checkRow(blueprint, row, faults) ?? []);
  // With rows left out, what refers to them would be told as a second fault.
  const edges = faults.length ? [] : checkWhole(rows, faults);
  if (faults.length) throw new LoadFaults(faults);
  return { name: dataset, title, rows, edges };
}

/**
 * Milliseconds that loading may take: some hundred statements are all planned for the first time, which takes more than a
 * minute where the machine has much else to do.
 */
const deadline = 600_000;

/**
 * Loads a dataset, all or nothing. Loading it again changes nothing and says so.
 * @throws LoadFaults where a row is faulty; then nothing is written
 */
export async function loadDataset(
  graph: Graph,
  blueprint: Blueprint,
  folder: string,
): Promise<Tally> {
  const { name, title, rows, edges } = await readDataset(blueprint, folder);
  const work = async (run: Run): Promise<Tally> => {
    await run(journal.enterDataset, { name, title: title ?? null, at: new Date().toISOString() });
    const preference = (await run(journal.datasets)) as string[];
    const tally = new Tally();
    const curated = await takeWritersTurn(run);
    await writeRows(
      { run, blueprint, dataset: name, preference, tally, log: emptyLog(), curated },
      rows,
      edges,
    );
    return tally;
  };
  return graph.write(work, { deadline });
}
