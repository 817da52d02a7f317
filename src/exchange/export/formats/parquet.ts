import type { Kind, PropertyDef } from '../../../blueprint';
import type { Format } from '../format';
import { mergeColumns, mergesOf, mergeTable } from '../merges';
import { ParquetFile, type ParquetColumn, type ParquetType } from '../parquet/file';
import { tables, type ItemColumn } from '../tables';

/** A column of its own type, with what an item has there. */
type Column = ParquetColumn & ItemColumn<unknown>;

const types: Partial<Record<Kind, ParquetType>> = {
  float: 'number',
  int: 'whole',
  boolean: 'truth',
  date: 'date',
};

const parts: Partial<Record<Kind, readonly (readonly [part: string, type: ParquetType])[]>> = {
  money: [
    ['amount', 'number'],
    ['currency', 'text'],
    ['asPrinted', 'text'],
  ],
  period: [
    ['start', 'date'],
    ['end', 'date'],
    ['label', 'text'],
  ],
};

/** The columns of a property: lists stay lists, what has parts has a column for each. */
function columnsOf({ name, kind }: PropertyDef): Column[] {
  const own = parts[kind];
  if (own)
    return own.map(([part, type]) => ({
      name: `${name}.${part}`,
      type,
      cell: ({ values }) => (values.get(name) as Record<string, unknown> | undefined)?.[part],
    }));
  const list = kind === 'strings' || kind === 'enums' || kind === 'pairs';
  const type = kind === 'pairs' ? 'pairs' : (types[kind] ?? 'text');
  return [{ name, type, list, cell: ({ values }) => values.get(name) }];
}

/** A file for each noun and for each type of relationship, with dates, numbers and lists as such. */
export const parquet: Format = {
  name: 'parquet',
  meaning: 'Parquet: a file for each noun and each type of relationship',
  extension: null,
  async write({ items, records }, blueprint, files) {
    const shape = { columnsOf, end: (name: string) => ({ name, type: 'text' as const }) };
    const all = tables<Column, ParquetFile>(blueprint, shape, async (name, columns) =>
      ParquetFile.open(await files.begin(`${name}.parquet`), columns),
    );
    for await (const item of items) {
      const { columns, table } = await all.of(item);
      await table.row(columns.map((column) => column.cell(item)));
    }
    let merges: ParquetFile | undefined;
    for await (const row of mergesOf(records)) {
      merges ??= await ParquetFile.open(
        await files.begin(`${mergeTable}.parquet`),
        mergeColumns.map((name) => ({ name, type: 'text' })),
      );
      await merges.row(row);
    }
    for (const table of [...all.all(), ...(merges ? [merges] : [])]) await table.end();
  },
};
