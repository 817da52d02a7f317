import { createHash, randomBytes } from 'node:crypto';
import type { Blueprint } from '../../blueprint';
import * as journal from '../../derive/journal';
import { Fault, quote } from '../../errors';
import type { Graph } from '../../graph/graph';
import type { Rejected } from '../import/judge';
import type { Run, Writing } from '../load/context';
import { curated, takeWritersTurn } from '../load/hidden';
import { emptyLog, packLog } from '../load/log';
import { Tally, type Counts } from '../tally';

/** Milliseconds that a batch may take. */
export const batchDeadline = 120_000;

/** What a batch did. */
export interface BatchResult {
  readonly kinds: readonly (readonly [string, Counts])[];
  readonly support: number;
  readonly rejected: readonly Rejected[];
  readonly untried: number;
}

/** What a batch has to say beside what it wrote. */
export type Told = Pick<BatchResult, 'rejected' | 'untried'>;

interface RunSet {
  readonly dataset: string;
  readonly title?: string;
  readonly fingerprint: string;
  readonly files: readonly string[];
}

/**
 * A run of an import, recorded in the graph itself: each batch in the transaction that writes it, so that what is
 * recorded is what was written, whenever it was killed. A batch that is recorded is not written again.
 */
export class ImportRun {
  private constructor(
    readonly graph: Graph,
    readonly blueprint: Blueprint,
    readonly id: string,
    readonly dataset: string,
    readonly preference: readonly string[],
    readonly resumed: boolean,
  ) {}

  /**
   * Begins a run, or takes up one of the same mapping and files that was not ended.
   * @throws Fault BAD_USER_INPUT where the dataset is that of curators; CONFLICT where one is to be resumed whose mapping or files have changed since
   */
  static async begin(
    graph: Graph,
    blueprint: Blueprint,
    { dataset, title, fingerprint, files }: RunSet,
    { resume, dry }: { resume: boolean; dry: boolean },
  ): Promise<ImportRun> {
    if (dataset === curated)
      throw new Fault(
        'BAD_USER_INPUT',
        `"${curated}" is what curators say; a dataset that is imported needs another name.`,
      );
    const at = new Date().toISOString();
    const stored = resume
      ? ((await graph.read(journal.unfinishedRuns, { dataset })).rows as {
          id: string;
          fingerprint: string;
        }[])
      : [];
    const found = stored.find((each) => each.fingerprint === fingerprint);
    if (stored.length && !found)
      throw new Fault(
        'CONFLICT',
        `${quote(stored[0]?.id)} was not ended, but its mapping, its options or its files were others. Undo it, or import without --resume.`,
      );
    const day = at.slice(0, 19).replace(/[-:]/g, '').replace('T', '-');
    const id = found?.id ?? `${dataset}-${day}-${randomBytes(2).toString('hex')}`;
    if (dry) {
      const preference = (await graph.read(journal.datasets)).rows as string[];
      return new ImportRun(graph, blueprint, id, dataset, preference, false);
    }
    const preference = await graph.write(async (run) => {
      await run(journal.enterDataset, { name: dataset, title: title ?? null, at });
      const set = { dataset, fingerprint, files, state: 'RUNNING', startedAt: at };
      await run(journal.beginRun, { id, set });
      return (await run(journal.datasets)) as string[];
    });
    return new ImportRun(graph, blueprint, id, dataset, preference, Boolean(found));
  }

  /** Writes one batch, exactly once however often it is asked for. */
  async batch(number: number, work: (writing: Writing) => Promise<Told>): Promise<BatchResult> {
    const id = `${this.id}/${String(number).padStart(8, '0')}`;
    return this.graph.write(
      async (run) => {
        const [before] = (await run(journal.readBatch, { id })) as (string | null)[];
        if (before) return JSON.parse(before) as BatchResult;
        const { result, log } = await this.#carryOut(run, work);
        const wrote = log.nodes.length + log.edges.length + log.ties.length > 0;
        await run(journal.writeBatch, {
          id,
          wrote,
          log: packLog(log),
          result: JSON.stringify(result),
        });
        return result;
      },
      { deadline: batchDeadline },
    );
  }

  /** Carries out a batch and takes it back at once: what would be written is known, nothing is. */
  async rehearse(work: (writing: Writing) => Promise<Told>): Promise<BatchResult> {
    let result: BatchResult | undefined;
    const undone = new Fault('CONFLICT', 'Rehearsed.');
    await this.graph
      .write(
        async (run) => {
          ({ result } = await this.#carryOut(run, work));
          throw undone;
        },
        { deadline: batchDeadline },
      )
      .catch((error: unknown) => {
        if (error !== undone) throw error;
      });
    return result as BatchResult;
  }

  async #carryOut(run: Run, work: (writing: Writing) => Promise<Told>) {
    const tally = new Tally();
    const log = emptyLog();
    const { blueprint, dataset, preference } = this;
    const turn = await takeWritersTurn(run);
    const told = await work({ run, blueprint, dataset, preference, tally, log, curated: turn });
    const result: BatchResult = { kinds: [...tally.kinds], support: tally.support, ...told };
    return { result, log };
  }

  async end(set: Readonly<Record<string, unknown>>): Promise<void> {
    await this.graph.write((run) =>
      run(journal.endRun, { id: this.id, set: { ...set, endedAt: new Date().toISOString() } }),
    );
  }
}

/** A digest by which the same import is known again. */
export function fingerprintOf(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
