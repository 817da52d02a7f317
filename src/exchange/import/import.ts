import type { Blueprint } from '../../blueprint';
import type { Graph } from '../../graph/graph';
import { ahead } from '../../support/ahead';
import { LoadFaults, type RowFault } from '../fault';
import { fingerprintOf, ImportRun, type Told } from '../journal/run';
import { undoRun } from '../journal/undo';
import type { Writing } from '../load/context';
import { writeNodes } from '../load/nodes';
import { compileMapping } from '../mapping/compile';
import type { MappingFile } from '../mapping/read-mapping';
import { FileFaults, surveyFiles, type SurveyedFile } from '../source/files';
import { writeBatch } from './batch';
import { FileSources } from './file-sources';
import { Hints } from './hints';
import { judge } from './judge';
import { Ledger, Stop } from './ledger';
import { madeRows, type Reading, type SeenKeys } from './made-rows';
import type { ImportOptions, ImportReport } from './options';

/** One reading of one file: first for nodes and what they can lead to at once, then for what had to wait. */
interface Step {
  readonly file: SurveyedFile;
  readonly second: boolean;
}

/**
 * Imports files by a mapping: all faults are collected, good rows are loaded, bad ones told. May be killed at any
 * moment and resumed. The same import again changes nothing.
 * @throws MappingFaults, FileFaults, Fault; under strict LoadFaults where a row is bad by itself. Then nothing was
 * written by this call. Under strict a row that only the graph shows to be bad is told by a report that is `REJECTED`.
 */
export async function importFiles(
  graph: Graph,
  blueprint: Blueprint,
  given: MappingFile,
  options: ImportOptions,
): Promise<ImportReport> {
  const plan = compileMapping(blueprint, given);
  const { files, faults } = await surveyFiles(plan.files, options.folder);
  if (faults.length) throw new FileFaults(faults);
  return new Import(graph, blueprint, given, options, files).carryOut();
}

class Import {
  readonly #dataset: string;
  readonly #sources: FileSources;
  readonly #reading: Reading;
  readonly #ledger: Ledger;
  readonly #known = new Set<string>();
  readonly #hints = new Hints();
  #batch = 0;

  constructor(
    readonly graph: Graph,
    readonly blueprint: Blueprint,
    readonly given: MappingFile,
    readonly options: ImportOptions,
    readonly files: readonly SurveyedFile[],
  ) {
    this.#dataset = options.dataset ?? given.mapping.dataset;
    this.#sources = new FileSources(blueprint, given, this.#dataset);
    const { batch, limit } = options;
    this.#reading = { blueprint, files, sources: this.#sources, batch, limit };
    this.#ledger = new Ledger(files, options);
  }

  async carryOut(): Promise<ImportReport> {
    const { graph, blueprint, given, options, files } = this;
    const { dryRun = false, resume = false, strict = false, limit, batch } = options;
    const steps: Step[] = [
      ...files.map((file) => ({ file, second: false })),
      ...files.filter(({ plan }) => plan.deferred).map((file) => ({ file, second: true })),
    ];
    const sources = this.#sources.rows(files);
    // Sources that the mapping itself makes are only there when their turn has come.
    const makesSources = files.some(({ plan }) =>
      plan.loads.some(({ noun }) => noun.name === 'Source'),
    );
    if (!makesSources) await this.#sources.check(graph, files);
    if (strict) await this.#checkAll();
    const run = await ImportRun.begin(
      graph,
      blueprint,
      {
        dataset: this.#dataset,
        title: given.mapping.title,
        files: files.map(({ name, sha256 }) => `${sha256} ${name}`),
        fingerprint: fingerprintOf([
          given.text,
          this.#dataset,
          files.map(({ name, sha256 }) => [name, sha256]),
          limit,
          strict,
          batch,
        ]),
      },
      { resume, dry: dryRun },
    );
    let state: ImportReport['state'] = dryRun ? 'DRY' : 'DONE';
    try {
      await this.#write(run, async (writing) => {
        await writeNodes(writing, blueprint.get('Source'), sources);
        return { rejected: [], untried: 0 };
      });
      // Keys are told apart anew in the second reading, in the same order.
      for (const second of [false, true]) {
        const seen: SeenKeys = new Map();
        for (const step of steps) if (step.second === second) await this.#step(run, step, seen);
      }
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
      state = strict ? 'REJECTED' : 'STOPPED';
    } finally {
      await this.#ledger.close();
    }
    const report = this.#ledger.report(run, state);
    if (!dryRun) {
      const { created, changed, unchanged } = report.total;
      await run.end({ state, created, changed, unchanged, rejected: report.rejected });
      if (state === 'REJECTED') await undoRun(graph, blueprint, run.id);
    }
    return report;
  }

  /** Every row is made and checked before the first is written. */
  async #checkAll(): Promise<void> {
    const faults: RowFault[] = [];
    const seen: SeenKeys = new Map();
    for (const file of this.files)
      for await (const rows of madeRows(this.#reading, file, seen))
        for (const row of rows) faults.push(...row.faults.slice(0, 1_000 - faults.length));
    if (faults.length) throw new LoadFaults(faults);
  }

  async #step(run: ImportRun, { file, second }: Step, seen: SeenKeys): Promise<void> {
    const ledger = this.#ledger;
    const counts = ledger.countsOf(file);
    if (!second && !this.options.dryRun) await this.#sources.check(this.graph, [file]);
    if (!second) ledger.noteAbsent(file);
    const source = this.#sources.keyOf(file);
    for await (const rows of ahead(madeRows(this.#reading, file, seen, second ? null : counts))) {
      const told = await this.#write(run, async (writing) => {
        const work = {
          writing,
          file: file.name,
          source,
          rows,
          second,
          known: this.#known,
          hints: this.#hints,
        };
        const judged = await judge(work, this.options.dryRun ? this.#assumed(seen) : undefined);
        await writeBatch(work, judged);
        return { rejected: judged.rejected, untried: judged.untried };
      });
      await ledger.tell(file, rows, told, second);
      if (!second) ledger.advance(file, rows);
    }
  }

  async #write(run: ImportRun, work: (writing: Writing) => Promise<Told>): Promise<Told> {
    const result = this.options.dryRun
      ? await run.rehearse(work)
      : await run.batch(this.#batch++, work);
    this.#ledger.add(result);
    return result;
  }

  /** Whether a dry run would have made a node. */
  #assumed(seen: SeenKeys) {
    return {
      makes: (noun: string) =>
        this.files.some(({ plan }) => plan.loads.some((load) => load.noun.name === noun)),
      has: (noun: string, key: string) =>
        [...seen].some(([load, keys]) => load.noun.name === noun && keys.has(key)),
    };
  }
}
