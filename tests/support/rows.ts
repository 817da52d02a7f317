import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export type Row = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any

const folder = join(__dirname, '..', '..', 'data', 'cloud100-2024');

/** The report's rows as they stand in the files, by noun: for answers computed without the code under test. */
export function reportRows(): Map<string, Row[]> {
  const rows = new Map<string, Row[]>();
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.yaml') || name === 'dataset.yaml') continue;
    const file = parse(readFileSync(join(folder, name), 'utf8')) as {
      noun: string;
      defaults?: Row;
      rows: Row[];
    };
    const own = rows.get(file.noun) ?? [];
    rows.set(file.noun, own);
    own.push(...file.rows.map((row) => ({ ...file.defaults, ...row })));
  }
  return rows;
}
