import { quote } from '../../errors';
import { isDeeper } from '../../support/nesting';
import { parseJson } from '../../support/parse-json';
import type { Cells } from '../mapping/cell';
import { FileFault, jsonRejects, longestRow, type Open, type SourceRow } from './source';
import { notText, textOf } from './text';

/** How deep values may stand within each other: more is no data, and would not be written as a text. */
export const deepest = 200;
export const tooDeep = `holds values more than ${deepest} deep within each other.`;

/** JSON Lines: an object a line. A line that is none is a fault of that row. */
export const openJsonLines: Open = (path, spec) => {
  const columns = new Set<string>();
  const row = (text: string, at: number, line: number): SourceRow => {
    const found = objectOf(text);
    if (typeof found === 'string') return { row: at, line, cells: { text }, fault: found };
    for (const name of Object.keys(found)) columns.add(name);
    return { row: at, line, cells: found };
  };
  return {
    rows: async function* () {
      let rest = '';
      let line = 0;
      let count = 0;
      for await (const chunk of textOf(path, spec)) {
        const lines = (rest + chunk).split(/\r\n|\n|\r(?!$)/);
        rest = lines.pop() as string;
        if (rest.length > longestRow)
          throw new FileFault(`has a line of more than ${longestRow / 1024 / 1024} MB.`, line + 1);
        const rows: SourceRow[] = [];
        for (const text of lines) {
          line++;
          if (text.trim()) rows.push(row(text, ++count, line));
        }
        if (rows.length) yield rows;
      }
      if (rest.trim()) yield [row(rest, ++count, line + 1)];
    },
    fixed: false,
    columns: () => [...columns],
    rejects: () => jsonRejects,
  };
};

function objectOf(text: string): Cells | string {
  const odd = notText(text);
  if (odd) return odd;
  let value: unknown;
  try {
    value = parseJson(text);
  } catch (error) {
    return `is no JSON: ${(error as Error).message}.`;
  }
  if (isDeeper(value, deepest)) return tooDeep;
  return isRow(value) ? value : `${quote(value)} is no object of fields.`;
}

/** Whether a value of JSON is a row: an object of named fields. */
export function isRow(value: unknown): value is Cells {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
