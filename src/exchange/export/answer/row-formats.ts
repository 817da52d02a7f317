import { gathered, type Sink } from '../files';
import { ParquetFile } from '../parquet/file';
import type { AnswerColumn } from './columns';
import { headRecord, rowRecord, rowsOf, unwrapped, valueAt } from './table';

/** A file of rows that is being written. */
export interface RowFile {
  row(row: unknown): Promise<void>;
  end(): Promise<void>;
}

/** A way to write the rows of an answer down. */
export interface RowFormat {
  readonly name: string;
  readonly extension: string;
  open(sink: Sink, columns: readonly AnswerColumn[]): Promise<RowFile>;
}

const jsonLines: RowFormat = {
  name: 'jsonl',
  extension: 'jsonl',
  open(sink) {
    const file = gathered(sink);
    const row = (each: unknown) => file.write(`${JSON.stringify(each)}\n`);
    return Promise.resolve({ row, end: () => file.end() });
  },
};

const csv: RowFormat = {
  name: 'csv',
  extension: 'csv',
  async open(sink, columns) {
    const file = gathered(sink);
    const paths = columns.map(({ path }) => path);
    await file.write(headRecord(paths));
    return { row: (each) => file.write(rowRecord(each, paths)), end: () => file.end() };
  },
};

const parquet: RowFormat = {
  name: 'parquet',
  extension: 'parquet',
  async open(sink, columns) {
    const file = await ParquetFile.open(sink, columns);
    return {
      row: (each) => file.row(columns.map((column) => cellOf(each, column))),
      end: () => file.end(),
    };
  },
};

function cellOf(row: unknown, { path, list }: AnswerColumn): unknown {
  const value = valueAt(row, path);
  const rows = rowsOf(value);
  return rows && list ? unwrapped(rows) : (rows ?? value);
}

export const rowFormats: readonly RowFormat[] = [jsonLines, csv, parquet];
