import type { Blueprint } from '../../blueprint';
import { bulkKeys } from '../../derive/bulk';
import { quote } from '../../errors';
import type { Graph } from '../../graph/graph';
import { checkRow } from '../check/row';
import { faultText, LoadFaults, type RowFault } from '../fault';
import { fingerprintOf, ImportRun, type Told } from '../journal/run';
import { undoRun } from '../journal/undo';
import { batchSize, type Writing } from '../load/context';
import type { Columns } from '../load/layers';
import { pack } from '../load/pack';
import { writeNodes, type NodeWrite } from '../load/nodes';
import { compileMapping, type Load } from '../mapping/compile';
import { MappingFaults, type MappingFile } from '../mapping/read-mapping';
import { slug } from '../mapping/slug';
import { surveyFiles, type SurveyedFile } from '../source/files';
import { errorColumn, isRejects } from '../source/source';
import { eachOf } from '../source/unfold';
import { Tally } from '../report';
import { writeBatch } from './batch';
import { judge } from './judge';
import { FaultBook } from './fault-book';
import { Hints } from './hints';
import { makeRow, type Making } from './make';
import type { MadeRow } from './made';
import type { FileReport, ImportOptions, ImportReport } from './options';
import { Rejects } from './rejects';
import { Seen } from './seen';

/** What is wrong with the files themselves; nothing was written. */
export class FileFaults extends Error {
  constructor(readonly faults: readonly { file: string; line: number; message: string }[]) {
    super(
      `${faults.length === 1 ? 'A file cannot' : `${faults.length} files cannot`} be read; nothing was written.\n${faults
        .map(({ file, line, message }) => `  ${file}${line ? `:${line}` : ''}: ${message}`)
        .join('\n')}`,
    );
    this.name = 'FileFaults';
  }
}

/** One reading of one file: first for nodes and what they can lead to at once, then for what had to wait. */
interface Step {
  readonly file: SurveyedFile;
  readonly second: boolean;
}

/**
 * Imports files by a mapping: all faults are collected, good rows are loaded, bad ones told. May be killed at any
 * moment and resumed. The same import again changes nothing.
 * @throws MappingFaults, FileFaults, Fault; then nothing was written by this call
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
  readonly #book = new FaultBook();
  readonly #tally = new Tally();
  readonly #files = new Map<string, { -readonly [K in keyof FileReport]: FileReport[K] }>();
  readonly #rejects: Rejects | null;
  readonly #dataset: string;
  readonly #started = performance.now();
  readonly #known = new Set<string>();
  readonly #hints = new Hints();
  #untried = 0;
  #batch = 0;
  #done = 0;

  constructor(
    readonly graph: Graph,
    readonly blueprint: Blueprint,
    readonly given: MappingFile,
    readonly options: ImportOptions,
    readonly files: readonly SurveyedFile[],
  ) {
    this.#rejects = options.rejects === undefined ? null : new Rejects(options.rejects);
    this.#dataset = options.dataset ?? given.mapping.dataset;
  }

  async carryOut(): Promise<ImportReport> {
    const { graph, blueprint, given, options, files } = this;
    const { dryRun = false, resume = false, strict = false, limit, batch } = options;
    const steps: Step[] = [
      ...files.map((file) => ({ file, second: false })),
      ...files.filter(({ plan }) => plan.deferred).map((file) => ({ file, second: true })),
    ];
    const sources = this.#sourceRows();
    // Sources that the mapping itself makes are only there when their turn has come.
    const makesSources = files.some(({ plan }) =>
      plan.loads.some(({ noun }) => noun.name === 'Source'),
    );
    if (!makesSources) await this.#checkSources(files);
    if (strict) await this.#checkAll(steps);
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
        const seen = new Map<Load, Seen>();
        for (const step of steps) if (step.second === second) await this.#step(run, step, seen);
      }
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
      state = strict ? 'REJECTED' : 'STOPPED';
    } finally {
      await this.#rejects?.close();
    }
    const report = this.#report(run, state);
    if (!dryRun) {
      const { created, changed, unchanged } = report.total;
      await run.end({ state, created, changed, unchanged, rejected: report.rejected });
      if (state === 'REJECTED') await undoRun(graph, blueprint, run.id);
    }
    return report;
  }

  /** Every row is made and checked before the first is written. */
  async #checkAll(steps: readonly Step[]): Promise<void> {
    const faults: RowFault[] = [];
    const seen = new Map<Load, Seen>();
    for (const { file, second } of steps) {
      if (second) continue;
      for await (const rows of this.#made(file, seen))
        for (const row of rows) faults.push(...row.faults.slice(0, 1_000 - faults.length));
    }
    if (faults.length) throw new LoadFaults(faults);
  }

  async #step(run: ImportRun, { file, second }: Step, seen: Map<Load, Seen>): Promise<void> {
    const counts = this.#countsOf(file);
    if (!second && !this.options.dryRun) await this.#checkSources([file]);
    if (!second)
      for (const message of file.absent)
        this.#book.note({ file: file.name, line: 1, field: '', kind: 'column', message });
    for await (const rows of ahead(this.#made(file, seen, second ? null : counts))) {
      const source = this.#sourceOf(file);
      const result = await this.#write(run, async (writing) => {
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
      await this.#tell(file, rows, result, second);
      if (!second) this.#advance(file, rows);
    }
  }

  async #write(run: ImportRun, work: (writing: Writing) => Promise<Told>): Promise<Told> {
    const result = this.options.dryRun
      ? await run.rehearse(work)
      : await run.batch(this.#batch++, work);
    this.#tally.plus(result);
    this.#untried += result.untried;
    return result;
  }

  /** Counts and writes down what was wrong with the rows of a batch. */
  async #tell(
    file: SurveyedFile,
    rows: readonly MadeRow[],
    { rejected }: Told,
    second: boolean,
  ): Promise<void> {
    const counts = this.#countsOf(file);
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

  /** The rows of a file in batches, each made into what the mapping says. */
  async *#made(
    file: SurveyedFile,
    seen: Map<Load, Seen>,
    counts: { empty: number; skipped: number; rows: number } | null = null,
  ): AsyncGenerator<MadeRow[]> {
    const { batch = batchSize, limit = Infinity } = this.options;
    const { plan, source, name } = file;
    for (const load of plan.loads) if (!seen.has(load)) seen.set(load, new Seen());
    const placeless = new Map<number, readonly string[]>();
    const making: Making = {
      blueprint: this.blueprint,
      plan,
      file: name,
      source: this.#sourceOf(file),
      seen,
      earlier: earlierLoads(this.files, seen),
      placeless: () => {
        const columns = source.columns();
        const before = placeless.get(columns.length);
        if (before) return before;
        const known = isRejects(name) ? new Set([...plan.used, errorColumn]) : plan.used;
        const found = columns.filter((column) => !known.has(column));
        placeless.set(columns.length, found);
        return found;
      },
    };
    let rows: MadeRow[] = [];
    for await (const part of source.rows())
      for (const row of part) {
        // All items of the rows that are taken, so that what leads to them finds them.
        if ((row.of ?? row.row) > limit) {
          if (rows.length) yield rows;
          return;
        }
        if (counts) counts.rows++;
        const blank =
          row.fault === undefined &&
          Object.values(row.cells).every(
            (cell) => cell == null || cell === '' || (typeof cell === 'string' && !cell.trim()),
          );
        if (blank || (row.fault === undefined && plan.skips(row.cells))) {
          if (counts) counts[blank ? 'empty' : 'skipped']++;
          continue;
        }
        rows.push(makeRow(making, row));
        if (rows.length < batch) continue;
        yield rows;
        rows = [];
      }
    if (rows.length) yield rows;
  }

  /**
   * The files as sources of the graph, with their digests.
   * @throws MappingFaults where what the mapping says of them cannot be
   */
  #sourceRows(): NodeWrite[] {
    const noun = this.blueprint.get('Source');
    const { title, publisher, publishedOn, url, licence } = this.given.mapping.source ?? {};
    const faults: RowFault[] = [];
    const rows = this.files.flatMap((file) => {
      if (file.plan.spec.source !== undefined) return [];
      const values = {
        key: this.#sourceOf(file),
        name: title ? `${title}: ${file.name}` : file.name,
        title,
        publisher,
        publishedOn,
        url,
        licence,
        sha256: file.sha256,
      };
      const raw = { file: file.name, line: 0, noun: noun.name, values };
      const checked = checkRow(this.blueprint, raw, faults);
      return checked ? [{ key: checked.key, columns: withoutKey(checked.columns) }] : [];
    });
    if (faults.length)
      throw new MappingFaults(
        faults
          .slice(0, 1)
          .map(({ field, message }) => this.given.fault(['source', field], message)),
      );
    return rows;
  }

  /** @throws MappingFaults where files are to be sources that are not in the graph */
  async #checkSources(files: readonly SurveyedFile[]): Promise<void> {
    const { blueprint, graph, given } = this;
    const keys = files.flatMap(({ plan }) => plan.spec.source ?? []);
    if (!keys.length) return;
    const { p } = pack([{ name: 'keys', full: true, values: keys }]);
    const { rows } = await graph.read(bulkKeys(blueprint.get('Source')), p);
    const lost = given.mapping.files.flatMap(({ source }, at) =>
      source === undefined || !keys.includes(source) || rows.includes(source)
        ? []
        : given.fault(['files', at, 'source'], `${quote(source)} is no Source in the graph.`),
    );
    if (lost.length) throw new MappingFaults(lost);
  }

  #sourceOf({ plan, name }: SurveyedFile): string {
    return plan.spec.source ?? `${this.#dataset}/${name.split(/[\\/]/).map(slug).join('/')}`;
  }

  /** Whether a dry run would have made a node. */
  #assumed(seen: ReadonlyMap<Load, Seen>) {
    return {
      makes: (noun: string) =>
        this.files.some(({ plan }) => plan.loads.some((load) => load.noun.name === noun)),
      has: (noun: string, key: string) =>
        [...seen].some(([load, keys]) => load.noun.name === noun && keys.has(key)),
    };
  }

  #countsOf({ name, plan: { spec } }: SurveyedFile) {
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

  #advance(file: SurveyedFile, rows: readonly MadeRow[]): void {
    const row = rows.at(-1)?.row ?? 0;
    this.#done += rows.length;
    const all = this.files.reduce(
      (sum, { rows: own, plan }) =>
        sum + (plan.spec.each ? own : Math.min(own, this.options.limit ?? Infinity)),
      0,
    );
    const seconds = (performance.now() - this.#started) / 1_000;
    const rate = this.#done / seconds;
    this.options.progress?.({
      file: file.name,
      row,
      done: this.#done,
      rows: all,
      rate,
      left: Math.max(0, all - this.#done) / rate,
    });
  }

  #report(run: ImportRun, state: ImportReport['state']): ImportReport {
    return {
      run: run.id,
      dataset: this.#dataset,
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
      seconds: (performance.now() - this.#started) / 1_000,
    };
  }
}

/** Thrown to end an import early. */
class Stop extends Error {}

function withoutKey(columns: Columns): Columns {
  return Object.fromEntries(
    Object.entries(columns).filter(([name]) => name !== 'key' && name !== 'keyFolded'),
  );
}

/** The keys that loads before a load made of its noun. */
function earlierLoads(
  files: readonly SurveyedFile[],
  seen: ReadonlyMap<Load, Seen>,
): (load: Load) => readonly Seen[] {
  const order = [...new Set(files.flatMap(({ plan }) => plan.loads))];
  const known = new Map<Load, readonly Load[]>();
  return (load) => {
    let before = known.get(load);
    if (!before)
      known.set(
        load,
        (before = order.slice(0, order.indexOf(load)).filter((each) => each.noun === load.noun)),
      );
    return before.flatMap((each) => seen.get(each) ?? []);
  };
}

/** Reads the next piece while the one before is being written. */
async function* ahead<T>(pieces: AsyncGenerator<T>): AsyncGenerator<T> {
  let next = pieces.next();
  try {
    for (;;) {
      const piece = await next;
      if (piece.done) return;
      next = pieces.next();
      // Told when it is waited for; until then it is no rejection that nobody handles.
      next.catch(() => {});
      yield piece.value;
    }
  } finally {
    await pieces.return(undefined).catch(() => {});
  }
}
