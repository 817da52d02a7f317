import type { FileSpec } from './schema';
import { asText } from '../../support/as-text';
import { delimiterIn } from '../source/files';
import { openSource } from '../source/open';

/** Rows that are looked at. */
const sampled = 30;

/**
 * The line of the row that names the columns, where titles stand above it: the first that is about as full as the fullest.
 * Undefined where it is the first with anything in it.
 */
export async function guessHeaderLine(
  path: string,
  how: Partial<FileSpec>,
): Promise<number | undefined> {
  const header = Array.from({ length: 200 }, (_, index) => `column ${index + 1}`);
  const lines: {
    readonly line: number;
    readonly filled: number;
    readonly cells: readonly string[];
  }[] = [];
  for await (const part of openSource(path, { file: path, loads: [], ...how, header }).rows()) {
    for (const { line, cells } of part) {
      const values = Object.values(cells).filter((cell) => cell != null && cell !== '');
      if (values.length) lines.push({ line, filled: values.length, cells: values.map(asText) });
    }
    if (lines.length >= sampled) break;
  }
  const most = Math.max(...lines.slice(0, sampled).map(({ filled }) => filled));
  const first = lines[0];
  // One cell that another sign parts is no title but names.
  if (!first || most < 3 || first.filled > most / 2 || delimiterIn(first.cells)) return undefined;
  return lines.find(({ filled }) => filled >= most * 0.8)?.line;
}
