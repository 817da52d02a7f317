import { stringify } from 'csv-stringify/sync';
import { defused } from '../defuse';
import { gathered } from '../files';
import type { Format } from '../format';
import { mergeColumns, mergesOf, mergeTable } from '../merges';
import { plainShape, tables, type Cell } from '../tables';

/** One record of a CSV file (RFC 4180), its line end included. */
export const record = (cells: readonly Cell[]): string =>
  stringify([cells.map(defused)], { record_delimiter: 'windows', cast: { boolean: String } });

/** A file for each noun and for each type of relationship. */
export const csv: Format = {
  name: 'csv',
  meaning: 'CSV: a file for each noun and each type of relationship',
  extension: null,
  async write({ items, records }, blueprint, files) {
    const all = tables(blueprint, plainShape, async (name, columns) => {
      const sink = gathered(await files.begin(`${name}.csv`));
      await sink.write(record(columns.map((column) => column.name)));
      return sink;
    });
    for await (const item of items) {
      const { columns, table } = await all.of(item);
      await table.write(record(columns.map((column) => column.cell(item))));
    }
    let merges: ReturnType<typeof gathered> | undefined;
    for await (const row of mergesOf(records)) {
      if (!merges) {
        merges = gathered(await files.begin(`${mergeTable}.csv`));
        await merges.write(record(mergeColumns));
      }
      await merges.write(record(row));
    }
    for (const sink of [...all.all(), ...(merges ? [merges] : [])]) await sink.end();
  },
};
