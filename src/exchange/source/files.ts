import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, relative, resolve } from 'node:path';
import { glob } from 'tinyglobby';
import { didYouMean } from '../../support/did-you-mean';
import type { FilePlan } from '../mapping/plan';
import { openSource } from './open';
import { FileFault, type Source } from './source';
import { eachOf } from './unfold';

/** A file that a mapping names, read through once. */
export interface SurveyedFile {
  readonly plan: FilePlan;
  readonly path: string;
  /** As it is told, and as it is cited. */
  readonly name: string;
  readonly source: Source;
  readonly sha256: string;
  readonly rows: number;
  /** What the mapping asks for and no row has, each as a sentence. */
  readonly absent: readonly string[];
}

/** Something wrong with a file as a whole. */
export interface NamedFileFault {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** What is wrong with the files themselves; nothing was written. */
export class FileFaults extends Error {
  constructor(readonly faults: readonly NamedFileFault[]) {
    super(
      `${faults.length === 1 ? 'A file cannot' : `${faults.length} files cannot`} be read; nothing was written.\n${faults
        .map(({ file, line, message }) => `  ${file}${line ? `:${line}` : ''}: ${message}`)
        .join('\n')}`,
    );
    this.name = 'FileFaults';
  }
}

/**
 * Finds the files of a mapping and reads each through once: what is cut off, packed wrongly or lacks a column is known
 * before anything is written.
 */
export async function surveyFiles(
  plans: readonly FilePlan[],
  folder: string,
): Promise<{
  readonly files: readonly SurveyedFile[];
  readonly faults: readonly NamedFileFault[];
}> {
  const files: SurveyedFile[] = [];
  const faults: NamedFileFault[] = [];
  for (const plan of plans)
    for (const pattern of [plan.spec.file].flat()) {
      const exact = resolve(folder, pattern);
      // A name such as "list (1).csv" is a name before it is a pattern.
      const paths = (await isFile(exact))
        ? [exact]
        : await glob(pattern, { cwd: folder, absolute: true, dot: true, expandDirectories: false });
      if (!paths.length)
        faults.push({ file: pattern, line: 0, message: `there is no such file in ${folder}.` });
      for (const path of paths.sort()) {
        const name = relative(folder, path).startsWith('..')
          ? basename(path)
          : relative(folder, path);
        try {
          files.push(await survey(plan, path, name));
        } catch (error) {
          if (!(error instanceof FileFault) && !isFileError(error)) throw error;
          const { message, line = 0 } = error as FileFault;
          faults.push({ file: name, line, message });
        }
      }
    }
  return { files, faults };
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isFile() ?? false;
}

function isFileError(error: unknown): boolean {
  return ['EACCES', 'EISDIR', 'ENOENT', 'EPERM'].includes(
    (error as NodeJS.ErrnoException).code ?? '',
  );
}

async function survey(plan: FilePlan, path: string, name: string): Promise<SurveyedFile> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  const source = openSource(path, plan.spec);
  let rows = 0;
  for await (const part of source.rows()) rows += part.length;
  const columns = source.columns();
  const ignored = new Set(plan.spec.ignore);
  const { each } = plan.spec;
  const wanted = new Set([...plan.used, ...(each === undefined ? [] : [eachOf(each).column])]);
  const absent = [...wanted].filter(
    (column) => !columns.includes(column) && !columns.includes(column.split('.')[0] as string),
  );
  const told = (column: string) => `no column "${column}".${didYouMean(column, columns)}`;
  const lost = absent.filter((column) => !ignored.has(column));
  if (source.fixed && lost.length)
    throw new FileFault(
      `has ${lost.map(told).join(' It has ')} Its columns: ${columns.join(', ')}.${otherDelimiter(columns)}${
        lost.length > 1 && columns.length === 1 && !delimiterIn(columns)
          ? ' Does a title stand above the row that names them? Say by `headerLine` where it is.'
          : ''
      }`,
      1,
    );
  return {
    plan,
    path,
    name,
    source,
    sha256: hash.digest('hex'),
    rows,
    absent: rows ? absent.map((column) => `has ${told(column)}`) : [],
  };
}

/** Where all columns seem to be one: what parts them. */
export function delimiterIn([only, ...more]: readonly string[]): string | undefined {
  return more.length ? undefined : [';', '\t', '|', ','].find((each) => only?.includes(each));
}

function otherDelimiter(columns: readonly string[]): string {
  const sign = delimiterIn(columns);
  return sign ? ` Are they parted by ${JSON.stringify(sign)}? Say it by \`delimiter\`.` : '';
}
