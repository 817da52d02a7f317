import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { decode } from 'iconv-lite';
import { dataFolder } from '../product';

/** A row of a file: its columns, and its place in the file from 1. */
export interface Row {
  readonly at: number;
  readonly columns: Readonly<Record<string, string>>;
}

/** The rows of a file that hold anything. Mac Roman with bare CR, but for the investments, which are UTF-8 with LF. */
export function readRows(name: string): Row[] {
  const bytes = readFileSync(join(dataFolder ?? '.', `${name}.csv`));
  const rows = parse(decode(bytes, name === 'investments' ? 'utf8' : 'macroman'), {
    columns: true,
    trim: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_quotes: true,
    relax_column_count: true,
  });
  return (rows as Record<string, string>[]).flatMap((columns, index) =>
    Object.values(columns).some((value) => value !== '') ? [{ at: index + 1, columns }] : [],
  );
}
