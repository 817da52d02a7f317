import type { Blueprint } from '../../blueprint';
import { storedNounBy, storedNouns } from '../../derive/hiding';
import * as journal from '../../derive/journal';
import * as unloading from '../../derive/unloading';
import { Fault, quote } from '../../errors';
import type { Graph } from '../../graph/graph';
import { didYouMean } from '../../support/did-you-mean';
import { grouped, type Run } from '../load/context';
import { curated, takeWritersTurn } from '../load/hidden';
import { batchDeadline } from './run';
import { emptyEdges, emptyNodes, kindOf, nothing, type TakenBack } from './take-back';

/**
 * Empties a dataset: what only it says goes, what others say too is theirs again; its runs are forgotten. May be killed
 * and called again.
 * @throws Fault BAD_USER_INPUT where there is no such dataset
 */
export async function dropDataset(
  graph: Graph,
  blueprint: Blueprint,
  dataset: string,
): Promise<TakenBack> {
  const preference = (await graph.read(journal.datasets)).rows as string[];
  if (!preference.includes(dataset))
    throw new Fault(
      'BAD_USER_INPUT',
      `${quote(dataset)} is no dataset of this graph.${didYouMean(dataset, preference)}`,
    );
  const taken = nothing();
  const untilNone = async (work: (run: Run) => Promise<number>): Promise<void> => {
    const turn = async (run: Run): Promise<number> => {
      await takeWritersTurn(run);
      return work(run);
    };
    while (await graph.write(turn, { deadline: batchDeadline }));
  };
  const nounOf = storedNounBy(blueprint);
  await untilNone(async (run) => {
    const edges = (await run(unloading.edgesOfDataset, { dataset })) as [
      string[],
      string,
      string,
      string[],
      string,
    ][];
    const kinds = grouped(
      edges,
      ([a, , type, b]) => `${nounOf(a)?.name} ${type} ${nounOf(b)?.name}`,
    );
    for (const group of kinds.values()) {
      const [[a, , type, b]] = group as [(typeof group)[0]];
      const [from, to] = [nounOf(a), nounOf(b)];
      const kind = from && to && kindOf(from, type, to);
      if (!kind) throw new Fault('INTERNAL', `No noun writes relationships of the type ${type}.`);
      const ends = group.map(([, start, , , end]) => [start, end] as const);
      await emptyEdges({ run, blueprint, dataset, preference }, kind, ends, taken);
    }
    return edges.length;
  });
  await untilNone(async (run) => (await run(unloading.removeCitations, { dataset })).length);
  // What curators have hidden is somebody's word too.
  for (const noun of storedNouns(blueprint))
    if (noun.root)
      await untilNone(async (run) => {
        const keys = (await run(unloading.nodesOfDataset(noun), { dataset })) as string[];
        await emptyNodes({ run, blueprint, dataset, preference }, noun, keys, taken);
        return keys.length;
      });
  await graph.write(
    async (run) => {
      await run(journal.removeRuns, { dataset });
      // What curators have hidden stays hidden.
      if (dataset !== curated) await run(journal.forgetDataset, { name: dataset });
    },
    { deadline: batchDeadline },
  );
  return taken;
}
