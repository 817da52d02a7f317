import { basename } from 'node:path';
import { isMap, isSeq, LineCounter, parseDocument } from 'yaml';
import { readFile } from 'node:fs/promises';
import type { RowFault } from '../fault';

/** A row as it stands in a source, before anything is known of it. */
export interface RawRow {
  readonly file: string;
  readonly line: number;
  readonly noun: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/**
 * Reads a file of a dataset: `noun`, `defaults` that every row takes, and `rows`. A row says where it stands, so that
 * what is wrong with it can be found.
 */
export async function readYaml(path: string, faults: RowFault[]): Promise<RawRow[]> {
  const file = basename(path);
  const lines = new LineCounter();
  const document = parseDocument(await readFile(path, 'utf8'), { lineCounter: lines });
  for (const { message, pos } of document.errors)
    faults.push({
      file,
      line: lines.linePos(pos[0]).line,
      field: '',
      message: message.split('\n')[0] ?? '',
    });
  if (document.errors.length) return [];
  const { noun, defaults = {} } = document.toJS() as {
    noun?: string;
    defaults?: Record<string, unknown>;
  };
  const rows = document.get('rows');
  if (typeof noun !== 'string' || !isSeq(rows)) {
    faults.push({ file, line: 1, field: '', message: 'needs "noun" and a list of "rows".' });
    return [];
  }
  return rows.items.flatMap((item): RawRow[] => {
    const line = isMap(item) && item.range ? lines.linePos(item.range[0]).line : 1;
    if (!isMap(item)) {
      faults.push({ file, line, field: '', message: 'is no row of fields.' });
      return [];
    }
    return [{ file, line, noun, values: { ...defaults, ...(item.toJS(document) as object) } }];
  });
}
