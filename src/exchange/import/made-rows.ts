import type { Blueprint } from '../../blueprint';
import { batchSize } from '../load/context';
import type { Load } from '../mapping/plan';
import type { SurveyedFile } from '../source/files';
import { errorColumn, isRejects } from '../source/source';
import type { FileSources } from './file-sources';
import { makeRow, type Making } from './make';
import type { MadeRow } from './made';
import { Seen } from './seen';

/** What reading the files of an import needs to know. */
export interface Reading {
  readonly blueprint: Blueprint;
  readonly files: readonly SurveyedFile[];
  readonly sources: FileSources;
  /** Rows of a batch: 5,000. */
  readonly batch?: number;
  /** The first rows of each file only. */
  readonly limit?: number;
}

/** Keys that came by in one reading of the files, for each load. */
export type SeenKeys = Map<Load, Seen>;

/** Rows that were read, and those of them that make nothing. */
interface RowCounts {
  rows: number;
  empty: number;
  skipped: number;
}

/**
 * The rows of a file in batches, each made into what the mapping says.
 * @param seen where keys are noted, which tell the ones apart that repeat
 * @param counts where rows are counted; nowhere where they are read again
 */
export async function* madeRows(
  { blueprint, files, sources, batch = batchSize, limit = Infinity }: Reading,
  file: SurveyedFile,
  seen: SeenKeys,
  counts: RowCounts | null = null,
): AsyncGenerator<MadeRow[]> {
  const { plan, source, name } = file;
  for (const load of plan.loads) if (!seen.has(load)) seen.set(load, new Seen());
  const making: Making = {
    blueprint,
    plan,
    file: name,
    source: sources.keyOf(file),
    seen,
    earlier: earlierLoads(files, seen),
    placeless: placelessColumns(file),
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

/** The columns of a file that nothing reads, as far as its columns are known by now. */
function placelessColumns({ plan, source, name }: SurveyedFile): () => readonly string[] {
  const found = new Map<number, readonly string[]>();
  return () => {
    const columns = source.columns();
    const before = found.get(columns.length);
    if (before) return before;
    const known = isRejects(name) ? new Set([...plan.used, errorColumn]) : plan.used;
    const own = columns.filter((column) => !known.has(column));
    found.set(columns.length, own);
    return own;
  };
}

/** The keys that loads before a load made of its noun. */
function earlierLoads(
  files: readonly SurveyedFile[],
  seen: SeenKeys,
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
