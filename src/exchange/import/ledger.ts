import { faultText, type RowFault } from '../fault';
import type { BatchResult, ImportRun, Told } from '../journal/run';
import type { SurveyedFile } from '../source/files';
import { eachOf } from '../source/unfold';
import { Tally } from '../tally';
import { FaultBook } from './fault-book';
import type { MadeRow } from './made';
import type { FileReport, ImportOptions, ImportReport } from './options';
import { Rejects } from './rejects';

/** Thrown where an import is to end early: by the first bad row under strict, else by one more than it may have. */
export class Stop extends Error {}

type Counts = { -readonly [K in keyof FileReport]: FileReport[K] };

/** Keeps account of an import: rows of each file, faults, what was written, rejected rows, and how far it is. */
export class Ledger {
  readonly #book = new FaultBook();
  readonly #tally = new Tally();
  readonly #files = new Map<string, Counts>();
  readonly #rejects: Rejects | null;
  readonly #started = performance.now();
  #untried = 0;
  #done = 0;

  constructor(
    readonly files: readonly SurveyedFile[],
    readonly options: ImportOptions,
  ) {
    this.#rejects = options.rejects === undefined ? null : new Rejects(options.rejects);
  }

  /** What is counted of a file, or of a list within its rows. */
  countsOf({ name, plan: { spec } }: SurveyedFile): Counts {
    const file = spec.each === undefined ? name : `${name}, each of ${eachOf(spec.each).column}`;
    const known = this.#files.get(file) ?? {
      file,
      rows: 0,
      empty: 0,
      skipped: 0,
      rejected: 0,
      loaded: 0,
    };
    this.#files.set(file, known);
    return known;
  }

  /** Notes what the mapping asks of a file that no row of it has. */
  noteAbsent({ name, absent }: SurveyedFile): void {
    for (const message of absent)
      this.#book.note({ file: name, line: 1, field: '', kind: 'column', message });
  }

  /** Adds what a batch wrote. */
  add(result: BatchResult): void {
    this.#tally.plus(result);
    this.#untried += result.untried;
  }

  /**
   * Counts and writes down what was wrong with the rows of a batch.
   * @param second whether the rows were told before, and only what had to wait is new
   * @throws Stop where there are more bad rows than there may be
   */
  async tell(
    file: SurveyedFile,
    rows: readonly MadeRow[],
    { rejected }: Told,
    second: boolean,
  ): Promise<void> {
    const counts = this.countsOf(file);
    const later = new Map<number, RowFault[]>();
    for (const { row, fault, note } of rejected) {
      this.#book.note(fault);
      if (!note) later.set(row, [...(later.get(row) ?? []), fault]);
    }
    if (second) return;
    for (const row of rows) {
      for (const note of row.notes) this.#book.note(note);
      for (const fault of row.faults) this.#book.note(fault);
      const all = [...row.faults, ...(later.get(row.row) ?? [])];
      if (!all.length) {
        // A row whose keys are all unknown makes nothing, which is not to be loaded.
        counts[row.made.length ? 'loaded' : 'empty']++;
        continue;
      }
      counts.rejected++;
      this.#book.rows++;
      await this.#rejects?.add(
        file,
        row.cells,
        all
          .map((fault) => faultText({ ...fault, file: '', line: 0 }).replace(/^:0:? ?/, ''))
          .join(' '),
      );
      const { strict, maxErrors = Infinity } = this.options;
      if (strict || this.#book.rows > maxErrors) throw new Stop();
    }
  }

  /** Tells how far the import is, now that some more rows are done. */
  advance(file: SurveyedFile, rows: readonly MadeRow[]): void {
    const row = rows.at(-1)?.row ?? 0;
    this.#done += rows.length;
    const all = this.files.reduce(
      (sum, { rows: own, plan }) =>
        sum + (plan.spec.each ? own : Math.min(own, this.options.limit ?? Infinity)),
      0,
    );
    const rate = this.#done / this.#seconds();
    this.options.progress?.({
      file: file.name,
      row,
      done: this.#done,
      rows: all,
      rate,
      left: Math.max(0, all - this.#done) / rate,
    });
  }

  /** Ends the files of rejected rows. */
  async close(): Promise<void> {
    await this.#rejects?.close();
  }

  /** What the import did, in all. */
  report(run: ImportRun, state: ImportReport['state']): ImportReport {
    return {
      run: run.id,
      dataset: run.dataset,
      state,
      resumed: run.resumed,
      files: [...this.#files.values()],
      total: this.#tally.total,
      kinds: Object.fromEntries(this.#tally.kinds),
      citations: this.#tally.support,
      rejected: this.#book.rows,
      faults: this.#book.summary(),
      untried: this.#untried,
      rejects: this.#rejects?.paths ?? [],
      seconds: this.#seconds(),
    };
  }

  #seconds(): number {
    return (performance.now() - this.#started) / 1_000;
  }
}
