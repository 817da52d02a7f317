import { quote } from '../../errors';
import type { FileSpec } from '../mapping/schema';
import { openCsv } from './csv';
import { openJson } from './json';
import { openJsonLines } from './json-lines';
import { openParquet } from './parquet';
import { FileFault, type Open, type Source } from './source';
import { unfolded } from './unfold';
import { openXlsx } from './xlsx';

type Format = NonNullable<FileSpec['format']>;

const formats: Readonly<Record<Format, Open>> = {
  csv: openCsv,
  tsv: openCsv,
  json: openJson,
  jsonl: openJsonLines,
  xlsx: openXlsx,
  parquet: openParquet,
};

const endings: Readonly<Record<string, Format>> = {
  csv: 'csv',
  txt: 'csv',
  tsv: 'tsv',
  tab: 'tsv',
  json: 'json',
  jsonl: 'jsonl',
  ndjson: 'jsonl',
  xlsx: 'xlsx',
  parquet: 'parquet',
};

/** The format that a file's name tells, if it does. */
export function formatOf(path: string): Format | undefined {
  return endings[/\.([a-z]+)(?:\.gz)?$/i.exec(path)?.[1]?.toLowerCase() ?? ''];
}

/** Opens a file as what its name or the mapping says it is. */
export function openSource(path: string, spec: FileSpec): Source {
  const format = spec.format ?? formatOf(path);
  if (!format)
    throw new FileFault(
      `${quote(path)}: its name does not tell its format; say \`format\`: ${Object.keys(formats).join(', ')}.`,
    );
  const source = formats[format](path, spec);
  return spec.each === undefined ? source : unfolded(source, spec.each);
}
