import { stringify } from 'csv-stringify/sync';
import type { Blueprint } from '../../../blueprint';
import { defused } from '../defuse';
import { gathered, type Files, type Sink } from '../files';
import type { Format } from '../format';
import type { Item } from '../items';
import { byType, edgeTable, nodeTable, type Cell, type TableColumn } from '../tables';

interface Table {
  readonly columns: readonly TableColumn[];
  readonly sink: Sink;
}

/** One record of a CSV file (RFC 4180), its line end included. */
export const record = (cells: readonly Cell[]): string =>
  stringify([cells.map(defused)], { record_delimiter: 'windows', cast: { boolean: String } });

/** Opens a table for each noun and type of relationship when it is first needed. */
export function tables<T>(
  blueprint: Blueprint,
  open: (name: string, columns: readonly TableColumn[]) => Promise<T>,
): { of(item: Item): Promise<T>; all(): Iterable<T> } {
  const opened = new Map<string, T>();
  const types = byType(blueprint);
  return {
    async of(item) {
      const name = item.kind === 'node' ? item.noun.name : item.type;
      let table = opened.get(name);
      if (table === undefined) {
        const columns =
          item.kind === 'node' ? nodeTable(item.noun) : edgeTable(types.get(item.type) ?? []);
        opened.set(name, (table = await open(name, columns)));
      }
      return table;
    },
    all: () => opened.values(),
  };
}

/** A file for each noun and for each type of relationship. */
export const csv: Format = {
  name: 'csv',
  meaning: 'CSV: a file for each noun and each type of relationship',
  extension: null,
  async write({ items }, blueprint, files: Files) {
    const all = tables(blueprint, async (name, columns): Promise<Table> => {
      const sink = gathered(await files.begin(`${name}.csv`));
      await sink.write(record(columns.map((column) => column.name)));
      return { columns, sink };
    });
    for await (const item of items) {
      const { columns, sink } = await all.of(item);
      await sink.write(record(columns.map((column) => column.cell(item))));
    }
    for (const { sink } of all.all()) await sink.end();
  },
};
