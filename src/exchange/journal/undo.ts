import type { Blueprint, Noun } from '../../blueprint';
import { hiddenNoun, hiddenRelation } from '../../derive/hiding';
import * as journal from '../../derive/journal';
import * as statements from '../../derive/statements';
import * as unloading from '../../derive/unloading';
import { Fault, quote } from '../../errors';
import type { Graph } from '../../graph/graph';
import { didYouMean } from '../../support/did-you-mean';
import { tieSupport, untieSupport } from '../load/citations';
import { roleOf } from '../load/edges';
import { takeWritersTurn } from '../load/hidden';
import { unpackLog, type WriteLog } from '../load/log';
import { byColumn, integerColumns } from '../load/values';
import { batchDeadline } from './run';
import {
  kindOf,
  nothing,
  takeBackEdges,
  takeBackNodes,
  type TakenBack,
  type TakingBack,
} from './take-back';

/**
 * Takes back what a run wrote and nothing else, its last batch first; may be killed and called again.
 * @throws Fault BAD_USER_INPUT where there is no such run; CONFLICT where a later run of its dataset built on it
 */
export async function undoRun(graph: Graph, blueprint: Blueprint, id: string): Promise<TakenBack> {
  const [stored] = (await graph.read(journal.readRun, { id })).rows as { dataset: string }[];
  if (!stored) {
    const runs = (await graph.read(journal.listRuns)).rows as { id: string }[];
    throw new Fault(
      'BAD_USER_INPUT',
      `${quote(id)} is no import that is recorded.${didYouMean(
        id,
        runs.map((run) => run.id),
      )}`,
    );
  }
  const later = (await graph.read(journal.laterRuns, { id })).rows as string[];
  if (later.length)
    throw new Fault(
      'CONFLICT',
      `${quote(later[0])} came later and wrote to the same dataset: undo ${later.length > 1 ? `the ${later.length} later ones` : 'it'} first, or drop the dataset.`,
    );
  const preference = (await graph.read(journal.datasets)).rows as string[];
  const taken = nothing();
  for (let more = true; more;)
    more = await graph.write(
      async (run) => {
        const [last] = (await run(journal.lastBatch, { id })) as [string, Int8Array][];
        if (!last) return false;
        const [batch, log] = last;
        // What curators have hidden since is taken back where it is.
        const stands = (await takeWritersTurn(run)) ? bothWays : asShown;
        await takeBack(
          { run, blueprint, dataset: stored.dataset, preference },
          unpackLog(log),
          taken,
          stands,
        );
        await run(journal.removeBatch, { id: batch });
        return true;
      },
      { deadline: batchDeadline },
    );
  await graph.write((run) => run(journal.removeRun, { id }));
  return taken;
}

/** How a noun may be stored: as it is shown, or hidden. */
type Stands = (noun: Noun) => readonly Noun[];
const asShown: Stands = (noun) => [noun];
const bothWays: Stands = (noun) => [noun, hiddenNoun(noun)];

async function takeBack(
  taking: TakingBack,
  log: WriteLog,
  taken: TakenBack,
  stands: Stands,
): Promise<void> {
  const { run, blueprint } = taking;
  for (const { from, type, to, created, changed, removed } of [...log.edges].reverse()) {
    const [start, end] = [blueprint.get(from), blueprint.get(to)];
    const kind = kindOf(start, type, end);
    if (!kind) continue;
    const { relation } = kind;
    const before = [...changed, ...created.map(([a, b]) => [a, b, null] as const)];
    if (before.length) {
      await takeBackEdges(taking, kind, before, taken);
      if (stands === bothWays)
        for (const a of stands(start))
          for (const b of stands(end))
            await takeBackEdges(
              taking,
              { from: a, relation: hiddenRelation(relation), to: b },
              before,
              taken,
            );
    }
    if (!removed.length) continue;
    const { columns, lists } = byColumn(removed.map(([, , stored]) => stored));
    const integers = integerColumns(relation.edge);
    await run(
      statements.createEdges(start, type, end, columns, integers, roleOf(relation, start)),
      {
        from: removed.map(([a]) => a),
        to: removed.map(([, b]) => b),
        ...Object.fromEntries(columns.map((name) => [`x_${name}`, lists[name]])),
      },
    );
    taken.changed += removed.length;
  }
  for (const { noun, tied, untied } of log.ties) {
    const of = blueprint.get(noun);
    for (const each of stands(of)) await untieSupport(run, each, tied);
    const citations = [...new Set(tied.map(([, key]) => key))];
    if (citations.length) await run(unloading.removeUnused, { citations });
    await tieSupport(run, of, untied);
  }
  for (const { noun, created, changed } of [...log.nodes].reverse()) {
    const before = new Map([...created.map((key) => [key, null] as const), ...changed]);
    for (const each of stands(blueprint.get(noun)))
      await takeBackNodes(taking, each, before, taken);
  }
}
