import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { LineCounter, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';
import { quote } from '../../errors';
import { didYouMean } from '../../support/did-you-mean';
import { faultText, type RowFault } from '../fault';
import { mappingJsonSchema, mappingSchema, type Mapping } from './schema';

/** What is wrong with a mapping, all of it; nothing was read of any file. */
export class MappingFaults extends Error {
  constructor(readonly faults: readonly RowFault[]) {
    super(
      `The mapping has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n${faults
        .map((fault) => `  ${faultText(fault)}`)
        .join('\n')}`,
    );
    this.name = 'MappingFaults';
  }
}

/** A mapping with where its parts stand, so that later faults can be told with their line. */
export interface MappingFile {
  readonly mapping: Mapping;
  readonly text: string;
  fault(path: readonly (string | number)[], message: string): RowFault;
}

/**
 * Reads a mapping and checks its form.
 * @throws MappingFaults with file, line and a sentence each
 */
export async function readMapping(path: string): Promise<MappingFile> {
  return parseMapping(await readFile(path, 'utf8'), basename(path));
}

/** As {@link readMapping}, of a text. */
export function parseMapping(text: string, file: string): MappingFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length)
    throw new MappingFaults(
      document.errors.map(({ message, pos }) => ({
        file,
        line: lines.linePos(pos[0]).line,
        field: '',
        message: message.split('\n')[0] ?? '',
      })),
    );
  const fault = (at: readonly (string | number)[], message: string): RowFault => ({
    file,
    line: lineOf(document, lines, at),
    field: at.join('.'),
    message,
  });
  const given: unknown = document.toJS();
  const checked = mappingSchema.safeParse(given);
  if (!checked.success)
    throw new MappingFaults(checked.error.issues.flatMap((issue) => tell(issue, [], given, fault)));
  return { mapping: checked.data, text, fault };
}

function lineOf(
  document: Document,
  lines: LineCounter,
  path: readonly (string | number)[],
): number {
  for (let length = path.length; length >= 0; length--) {
    const node = (length ? document.getIn(path.slice(0, length), true) : document.contents) as
      { range?: readonly number[] } | null | undefined;
    if (node?.range) return lines.linePos(node.range[0] as number).line;
  }
  return 1;
}

type Issue = z.core.$ZodIssue;
type Path = readonly (string | number)[];

function tell(
  issue: Issue,
  before: Path,
  whole: unknown,
  fault: (at: Path, message: string) => RowFault,
): RowFault[] {
  const path = [...before, ...(issue.path as (string | number)[])];
  const given = path.reduce<unknown>(
    (value, step) => (value as Record<string, unknown> | undefined)?.[step as string],
    whole,
  );
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) =>
      fault([...path, key], `is no part of a mapping here.${didYouMean(key, words())}`),
    );
  if (issue.code === 'invalid_union') {
    // The branch that goes furthest is what was meant.
    const branches = issue.errors.map((branch) =>
      branch.flatMap((each) => tell(each, path, whole, fault)),
    );
    const depth = (faults: RowFault[]) =>
      Math.max(0, ...faults.map(({ field }) => field.split('.').length));
    const best = branches.sort((a, b) => depth(b) - depth(a))[0];
    if (best?.length && depth(best) > path.length) return best;
    return [fault(path, `${quote(given)} is not what is expected here.`)];
  }
  if (given === undefined) return [fault(path, 'is missing.')];
  return [fault(path, `${quote(given)} will not do: ${issue.message}.`)];
}

/** Every word of the mapping language. */
function words(): string[] {
  const found = new Set<string>();
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [name, part] of Object.entries(node)) {
      if (name === 'properties') Object.keys(part as object).forEach((word) => found.add(word));
      walk(part);
    }
  };
  walk(mappingJsonSchema());
  return [...found];
}
