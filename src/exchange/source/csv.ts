import { parse, type Options } from 'csv-parse';
import { asText } from '../../support/as-text';
import type { FileSpec } from '../mapping/schema';
import { checkedNames, noHeaderLine } from './names';
import {
  errorColumn,
  FileFault,
  isRejects,
  longestRow,
  type Open,
  type Source,
  type SourceRow,
} from './source';
import { notText, textOf } from './text';

/** What csv-parse hands over for a row. */
interface Parsed {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/** CSV and TSV: any encoding, CR, LF or CRLF, quotation marks where they are needed and where they are not. */
export const openCsv: Open = (path, spec): Source => {
  // Rejected rows of a file without a row of names have none either, but for the column that tells the error.
  const named = spec.header && isRejects(path) ? [...spec.header, errorColumn] : spec.header;
  let columns: readonly string[] = named ?? [];
  const delimiter = spec.delimiter ?? (isTabbed(path, spec) ? '\t' : ',');
  const mark = spec.quote ?? '"';
  // Rejected rows are written below the names at once.
  const above = isRejects(path) ? 0 : (spec.headerLine ?? 0);
  return {
    rows: async function* () {
      let header = named;
      let row = 0;
      let line = 1;
      let twice = 0;
      // The parser tells where a file ends; what is wrong began after the last row that was whole.
      for await (const parsed of records(path, spec, delimiter, () => line)) {
        const rows: SourceRow[] = [];
        for (const { record, info } of parsed) {
          const begins = line;
          // The parser counts the CRLF within a cell twice.
          if (info.lines > begins + twice)
            for (const cell of record) twice += cell.match(/\r\n/g)?.length ?? 0;
          line = info.lines + 1 - twice;
          // Names that the mapping gives stand for those of that line.
          if (begins < above || (named && begins === above)) continue;
          if (!header) {
            if (record.every((cell) => cell.trim() === '')) continue;
            header = headerOf(record, begins);
            columns = header;
            continue;
          }
          // A line without anything is no row; a row of empty cells is one, and says nothing.
          if (record.length === 1 && record[0] === '' && header.length > 1) continue;
          row++;
          rows.push({ row, line: begins, ...shaped(record, header, mark) });
        }
        if (rows.length) yield rows;
      }
      if (line <= above || (!header && above > 1)) throw noHeaderLine(above, line - 1);
      if (!header) throw new FileFault('is empty: not even a row of column names.', 1);
      columns = header;
    },
    fixed: true,
    columns: () => columns,
    rejects: () => ({
      extension: delimiter === '\t' ? '.tsv' : '.csv',
      head: named ? '' : written([...columns, errorColumn], delimiter, spec),
      row: (cells, error) =>
        written([...columns.map((name) => asText(cells[name])), error], delimiter, spec),
      encoding: spec.encoding ?? 'utf8',
    }),
  };
};

function isTabbed(path: string, { format }: FileSpec): boolean {
  return format === 'tsv' || (!format && /\.(tsv|tab)(\.gz)?$/i.test(path));
}

async function* records(
  path: string,
  spec: FileSpec,
  delimiter: string,
  line: () => number,
): AsyncGenerator<readonly Parsed[]> {
  const options: Options = {
    delimiter,
    info: true,
    quote: spec.quote ?? '"',
    escape: spec.escape ?? '"',
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: longestRow,
  };
  const parser = parse(options);
  let failed: (Error & { code?: string }) | undefined;
  parser.on('error', (error) => (failed = error));
  const drain = (): Parsed[] => {
    const found: Parsed[] = [];
    for (let next: unknown; (next = parser.read()) !== null;) found.push(next as Parsed);
    return found;
  };
  for await (const chunk of textOf(path, spec)) {
    // A CR at the end of a piece may be half of a CRLF; the parser waits for more by itself.
    parser.write(chunk);
    const found = drain();
    if (found.length) yield found;
    if (failed) break;
  }
  if (!failed) {
    parser.end();
    // The last rows and a quotation mark that is left open come with the end.
    await new Promise((resolve) => setImmediate(resolve));
    const found = drain();
    if (found.length) yield found;
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (failed) throw asFault(failed, line());
}

function asFault(error: Error & { code?: string }, line: number): FileFault {
  if (error.code === 'CSV_QUOTE_NOT_CLOSED')
    return new FileFault('has a quotation mark that is never closed.', line);
  if (error.code === 'CSV_MAX_RECORD_SIZE')
    return new FileFault(
      `has a row of more than ${longestRow / 1024 / 1024} MB: is a quotation mark not closed?`,
      line,
    );
  return new FileFault(`cannot be read: ${error.message}.`, line);
}

function headerOf(record: readonly string[], line: number): string[] {
  const names = record.map((cell) => cell.trim());
  // Spreadsheets write the commas of columns that are gone.
  while (names.length > 1 && names.at(-1) === '') names.pop();
  const odd = names.map(notText).find(Boolean);
  if (odd) throw new FileFault(odd, line);
  return checkedNames(names, line);
}

function shaped(
  record: readonly string[],
  header: readonly string[],
  mark: string | false,
): Pick<SourceRow, 'cells' | 'fault'> {
  const cells: Record<string, string> = {};
  let fault: string | undefined;
  for (let index = 0; index < header.length; index++)
    cells[header[index] as string] = record[index] ?? '';
  if (record.length !== header.length) {
    const more = record.slice(header.length);
    // Empty cells past the last column say nothing.
    if (record.length < header.length || more.some((cell) => cell.trim() !== ''))
      fault = `has ${record.length} cells where ${header.length} columns are named.`;
    if (more.length && fault) cells[header.at(-1) as string] += `|${more.join('|')}`;
  }
  for (const cell of record) {
    fault ??= notText(cell);
    // A quotation mark that something follows closes nothing: what looks like one cell may be many rows.
    if (mark !== false && cell.startsWith(mark) && /[\r\n]/.test(cell))
      fault ??= 'has a text over several lines whose quotation marks do not fit.';
  }
  return fault === undefined ? { cells } : { cells, fault };
}

function written(
  cells: readonly string[],
  delimiter: string,
  { quote: mark = '"', escape = mark || '' }: FileSpec,
): string {
  const line = cells.map((cell) => {
    if (mark === false) return cell;
    const needs = [delimiter, mark, '\r', '\n'].some((each) => cell.includes(each));
    if (!needs && cell === cell.trim()) return cell;
    return `${mark}${cell.split(mark).join(`${escape}${mark}`)}${mark}`;
  });
  return `${line.join(delimiter)}\n`;
}
