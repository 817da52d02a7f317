import { readFile } from 'node:fs/promises';
import { quote } from '../../errors';
import { checkedNames, noHeaderLine } from './names';
import { FileFault, jsonRejects, type Open, type SourceRow } from './source';
import { sizeOf } from './text';
import { unstoredFormulas } from './unstored';

/** A workbook has to be unpacked and read whole. */
const most = 8 * 1024 * 1024;
const mostUnpacked = 64 * 1024 * 1024;

/** XLSX: one sheet, its first row with anything in it, or the one that is said, the names of columns. */
export const openXlsx: Open = (path, spec) => {
  let columns: readonly string[] = [];
  return {
    rows: async function* () {
      if ((await sizeOf(path)) > most)
        throw new FileFault(
          `is a workbook of more than ${most / 1024 / 1024} MB, which has to be read whole; save the sheet as CSV.`,
        );
      const bytes = await readFile(path);
      checkUnpacked(bytes);
      const { readSheet } = await import('read-excel-file/node');
      let sheet: readonly (readonly unknown[])[];
      try {
        sheet = await readSheet(path, spec.sheet ?? 1);
      } catch (error) {
        throw new FileFault(
          `cannot be read as a workbook${spec.sheet === undefined ? '' : ` with the sheet ${quote(spec.sheet)}`}: ${(error as Error).message}.`,
        );
      }
      const unstored = unstoredFormulas(bytes, spec.sheet ?? 1);
      const above = (spec.headerLine ?? 0) - 1;
      const first = spec.header
        ? Math.max(-1, above)
        : sheet.findIndex((cells, at) => at >= above && cells.some((cell) => cell != null));
      if (above >= sheet.length || (above > 0 && first < 0))
        throw noHeaderLine(above + 1, sheet.length);
      columns = spec.header ?? headerOf(sheet[first] ?? [], first + 1);
      yield sheet.slice(first + 1).map((cells, index): SourceRow => {
        const named = Object.fromEntries(columns.map((name, at) => [name, cells[at] ?? null]));
        const line = first + index + 2;
        const fault = faultOf(unstored.get(line), cells, columns);
        return { row: index + 1, line, cells: named, ...(fault ? { fault } : {}) };
      });
    },
    fixed: true,
    columns: () => columns,
    rejects: () => jsonRejects,
  };
};

/** What is wrong with a row as a whole. */
function faultOf(
  unstored: readonly string[] | undefined,
  cells: readonly unknown[],
  columns: readonly string[],
): string | undefined {
  if (unstored)
    return `has a formula without its value in ${unstored.join(', ')}; open the workbook in a spreadsheet program and save it.`;
  if (cells.slice(columns.length).some((cell) => cell != null))
    return `has more cells than the ${columns.length} columns that are named.`;
  return undefined;
}

function headerOf(cells: readonly unknown[], line: number): string[] {
  const names = cells.map((cell) => (cell == null ? '' : String(cell as string).trim()));
  while (names.at(-1) === '') names.pop();
  if (!names.length) throw new FileFault('has a sheet without anything in it.', 1);
  return checkedNames(names, line);
}

/** Asks the directory at a workbook's end how large its parts are unpacked, before anything is. */
function checkUnpacked(bytes: Buffer): void {
  let unpacked = 0;
  const entry = Buffer.from([0x50, 0x4b, 0x01, 0x02]);
  for (
    let at = bytes.indexOf(entry);
    at >= 0 && at + 46 <= bytes.length;
    at = bytes.indexOf(entry, at + 46)
  )
    unpacked += bytes.readUInt32LE(at + 24);
  if (unpacked > mostUnpacked)
    throw new FileFault(
      `unpacks to more than ${mostUnpacked / 1024 / 1024} MB; save the sheet as CSV.`,
    );
}
