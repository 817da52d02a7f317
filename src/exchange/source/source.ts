import type { Cells } from '../mapping/cell';
import type { FileSpec } from '../mapping/schema';

/** A row as it stands in a file. */
export interface SourceRow {
  /** Its number among the rows, from 1, a header not counted. */
  readonly row: number;
  /** The number of the row that it is an item of, where lists within rows are unfolded. */
  readonly of?: number;
  /** The line where it begins; for a workbook its row, for JSON and Parquet the number of the item. */
  readonly line: number;
  readonly cells: Cells;
  /** What is wrong with the row itself, such as a cell too many. */
  readonly fault?: string;
}

/** Rows in pieces, so that a file of any size passes through little memory. */
export type SourceRows = AsyncGenerator<readonly SourceRow[]>;

/** The column of rejected rows that tells what is wrong with them. */
export const errorColumn = 'error';

/** The name of the file that holds the rejected rows of another. */
export const rejectsName = (plain: string, extension: string): string =>
  `${plain}.rejected${extension}`;

/** Whether a file holds rejected rows, mended or not: its column `error` is none of the data. */
export const isRejects = (path: string): boolean => /\.rejected\.[a-z]+$/.test(path);

/** How rows of a file are written back, each with what was wrong with it. */
export interface RejectForm {
  readonly extension: string;
  readonly head: string;
  readonly row: (cells: Cells, error: string) => string;
  readonly encoding: string;
}

/** One file, opened as its kind is. */
export interface Source {
  readonly rows: () => SourceRows;
  /** Whether all rows have the same columns. */
  readonly fixed: boolean;
  /** Known once rows were read. */
  readonly columns: () => readonly string[];
  readonly rejects: () => RejectForm;
}

export type Open = (path: string, spec: FileSpec) => Source;

/** A fault of a file as a whole: it is not what it should be, or ends too early. Nothing of the import is written. */
export class FileFault extends Error {
  constructor(
    message: string,
    readonly line = 0,
    /** What a mapping would say of the file so that it can be read. */
    readonly remedy: Partial<FileSpec> = {},
  ) {
    super(message);
    this.name = 'FileFault';
  }
}

/** The longest a row may be: more is most likely a quotation mark that is never closed. */
export const longestRow = 4 * 1024 * 1024;

/** Rejected rows as lines of JSON: for files that are no text, or already are such lines. */
export const jsonRejects: RejectForm = {
  extension: '.jsonl',
  head: '',
  row: (cells, error) => `${JSON.stringify({ ...cells, [errorColumn]: error }, plain)}\n`,
  encoding: 'utf8',
};

function plain(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
