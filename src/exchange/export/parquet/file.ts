import type { SchemaElement } from 'hyparquet' with { 'resolution-mode': 'import' };
import type { ByteWriter, ColumnSource, ParquetWriter } from 'hyparquet-writer' with {
  'resolution-mode': 'import',
};
import { firstDay } from '../../../support/partial-date';
import type { Sink } from '../files';

/** What a column of a Parquet file holds. */
export type ParquetType = 'text' | 'number' | 'whole' | 'truth' | 'date' | 'pairs' | 'json';

export interface ParquetColumn {
  readonly name: string;
  readonly type: ParquetType;
  /** Several values in a cell. */
  readonly list?: boolean;
}

/** Rows of a row group: so many are kept until they are written. */
const groupRows = 4_000;

/**
 * A Parquet file that is written in row groups while rows come. A cell is what its column says, or null; a date is of the
 * precision that is known (`2022-10`) and becomes its first day, with a column `<name>.precision` after it.
 */
export class ParquetFile {
  #rows: unknown[][] = [];

  private constructor(
    readonly columns: readonly ParquetColumn[],
    readonly bytes: ByteWriter,
    readonly writer: ParquetWriter,
    readonly sink: Sink,
  ) {}

  static async open(sink: Sink, columns: readonly ParquetColumn[]): Promise<ParquetFile> {
    const { ByteWriter, ParquetWriter } = await import('hyparquet-writer');
    const bytes = new ByteWriter();
    const all = columns.flatMap(written);
    const schema = [{ name: 'root', num_children: all.length }, ...all.flatMap(elements)];
    const writer = new ParquetWriter({ writer: bytes, schema, createdBy: 'yuntu' });
    return new ParquetFile(columns, bytes, writer, sink);
  }

  async row(cells: readonly unknown[]): Promise<void> {
    this.#rows.push(this.columns.flatMap((column, index) => values(column, cells[index] ?? null)));
    if (this.#rows.length >= groupRows) await this.#flush();
  }

  async end(): Promise<void> {
    await this.#flush();
    await this.writer.finish();
    await this.#send();
    await this.sink.end();
  }

  async #flush(): Promise<void> {
    const rows = this.#rows;
    this.#rows = [];
    if (!rows.length) return;
    const columnData = this.columns
      .flatMap(written)
      .map(({ name }, index): ColumnSource => ({ name, data: rows.map((row) => row[index]) }));
    await this.writer.write({ columnData, rowGroupSize: groupRows });
    await this.#send();
  }

  /** Hands over what was written, and takes the same bytes for the next. */
  async #send(): Promise<void> {
    const bytes = this.bytes.getBytes().slice();
    this.bytes.index = 0;
    await this.sink.write(bytes);
  }
}

/** The columns in which one is written: a date has two. */
function written(column: ParquetColumn): ParquetColumn[] {
  if (column.type !== 'date' || column.list) return [column];
  return [column, { name: `${column.name}.precision`, type: 'text' }];
}

function values({ type, list }: ParquetColumn, cell: unknown): unknown[] {
  if (cell === null) return type === 'date' && !list ? [null, null] : [null];
  if (list) return [(cell as readonly unknown[]).map((each) => value(type, each))];
  if (type !== 'date') return [value(type, cell)];
  const precision = { 4: 'YEAR', 7: 'MONTH', 10: 'DAY' }[(cell as string).length] ?? null;
  return [value(type, cell), precision];
}

function value(type: ParquetType, cell: unknown): unknown {
  if (type === 'whole') return BigInt(cell as number);
  return type === 'date' ? new Date(`${firstDay(cell as string)}T00:00:00Z`) : cell;
}

const plain: Readonly<Record<Exclude<ParquetType, 'pairs'>, Partial<SchemaElement>>> = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  json: { type: 'BYTE_ARRAY', converted_type: 'JSON' },
  number: { type: 'DOUBLE' },
  whole: { type: 'INT64' },
  truth: { type: 'BOOLEAN' },
  date: { type: 'INT32', converted_type: 'DATE' },
};

/** A column in the words of the format, which nests them in a row: children follow their group. */
function elements({ name, type, list }: ParquetColumn): SchemaElement[] {
  if (list)
    return [
      { name, repetition_type: 'OPTIONAL', converted_type: 'LIST', num_children: 1 },
      { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
      ...elements({ name: 'element', type }),
    ];
  if (type !== 'pairs') return [{ name, repetition_type: 'OPTIONAL', ...plain[type] }];
  return [
    { name, repetition_type: 'OPTIONAL', num_children: 2 },
    ...['name', 'value'].flatMap((part) => elements({ name: part, type: 'text' })),
  ];
}
