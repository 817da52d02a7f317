import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parse } from 'csv-parse/sync';
import { Fault, quote } from '../../errors';
import { didYouMean } from '../../support/did-you-mean';
import { record } from '../export/formats/csv';
import type { Match } from './matches';

const columns = [
  'noun',
  'key',
  'into',
  'name',
  'intoName',
  'reason',
  'score',
  'evidence',
  'accept',
] as const;

/** A row of the file as a person filled it in. */
export interface Decision {
  readonly noun: string;
  readonly key: string;
  readonly into: string;
  /** Whether they are one; undefined where nothing was said. */
  readonly accept: boolean | undefined;
  readonly line: number;
}

/** Writes matches for a person to fill in `accept`: yes where they are one, no where they are not. */
export async function writeMatches(path: string, matches: readonly Match[]): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const rows = matches.map((match) => record(columns.map((name) => cellOf(match, name))));
  await writeFile(path, `\ufeff${record([...columns])}${rows.join('')}`);
}

const cellOf = (match: Match, column: string) =>
  column === 'accept' ? '' : match[column as keyof Match];

const yes = new Set(['yes', 'y', 'true', '1', 'x', 'accept', '是']);
const no = new Set(['no', 'n', 'false', '0', 'reject', '否']);

/**
 * Reads what a person filled in. Columns may stand in any order, further ones are left alone.
 * @throws Fault BAD_USER_INPUT where the file is none of this kind, or `accept` holds something else than yes or no
 */
export async function readDecisions(path: string): Promise<Decision[]> {
  let rows: readonly { record: Record<string, string>; info: { lines: number } }[];
  try {
    const text = await readFile(path, 'utf8');
    // A spreadsheet writes what its country is used to.
    const header = text.split(/\r?\n/, 1)[0] ?? '';
    rows = parse(text, {
      columns: (names: string[]) => names.map((name) => name.trim()),
      bom: true,
      delimiter: ['\t', ';', ','].find((each) => header.includes(each)) ?? ',',
      skip_empty_lines: true,
      relax_column_count_less: true,
      info: true,
    });
  } catch (error) {
    throw new Fault('BAD_USER_INPUT', `${path} cannot be read: ${(error as Error).message}`);
  }
  const faults: string[] = [];
  const there = Object.keys(rows[0]?.record ?? {});
  for (const column of ['key', 'into', 'accept'])
    if (rows.length && !there.includes(column))
      throw new Fault(
        'BAD_USER_INPUT',
        `${path} has no column ${quote(column)}.${didYouMean(column, there)}`,
      );
  const decisions = rows.map(({ record: row, info }): Decision => {
    const line = info.lines;
    const said = (row.accept ?? '').normalize('NFKC').trim().toLowerCase();
    const accept = yes.has(said) ? true : no.has(said) ? false : undefined;
    if (said && accept === undefined)
      faults.push(`${path}:${line} accept: ${quote(row.accept)} is neither yes nor no.`);
    const [key, into] = [keyOf(row.key), keyOf(row.into)];
    if (accept !== undefined && (!key || !into))
      faults.push(`${path}:${line}: a pair needs both keys.`);
    return { noun: (row.noun ?? '').trim(), key, into, accept, line };
  });
  if (faults.length)
    throw new Fault('BAD_USER_INPUT', `Nothing was merged.\n${faults.slice(0, 20).join('\n')}`);
  return decisions;
}

/** A key as it was before a spreadsheet was kept from taking it for a formula. */
const keyOf = (cell: string | undefined): string =>
  (cell ?? '').replace(/^'(?=[=+\-@])/, '').trim();
