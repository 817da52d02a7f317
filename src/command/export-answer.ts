import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { blueprint } from '../entities/blueprint';
import { answerFormats, exportAnswer, type AnswerReport } from '../exchange/export/answer';
import { readQuestion } from '../exchange/export/answer/question';
import { fileSink } from '../exchange/export/files';
import { Engine } from '../query/engine';
import { createParts } from '../server';
import { UsageFault, wholeNumber, type Given } from './arguments';
import { formatNamed } from './export';
import { say, withGraph } from './open';

/** `yuntu export --query`: one file of the answer, and beside it what it rests on. */
export async function runExportOfAnswer(given: Given): Promise<number> {
  const { options } = given;
  const format = formatNamed(answerFormats, given);
  const name = options.query as string;
  const parts = createParts(blueprint);
  const question = readQuestion(parts.schema, {
    name,
    text: await read(name),
    variables: await variablesOf(options.variables as string | undefined),
    operation: options.operation as string | undefined,
  });
  const own = question.operation.name?.value ?? basename(name).replace(/\.[^.]*$/, '');
  const out = typeof options.out === 'string' ? options.out : `export/${own}.${format.extension}`;
  const limit = wholeNumber(given, 'limit') ?? Infinity;
  const report = await withGraph((graph) =>
    exportAnswer(new Engine(graph, parts), question, format, () => fileSink(out), limit),
  );
  const { datasets, sources } = report;
  await writeFile(`${out}.sources.json`, `${JSON.stringify({ datasets, sources }, null, 2)}\n`);
  process.stdout.write(
    `Wrote ${report.rows} ${'write' in format ? 'nodes and the lines between them' : 'rows'} to ${out}; what they rest on, with licences, to ${out}.sources.json.\n`,
  );
  for (const line of warnings(report)) say(line);
  return 0;
}

/** What a person should know of the rows. */
function warnings({ cut, notes, still }: AnswerReport): string[] {
  return [
    ...notes,
    ...[...cut].map(
      ([path, rows]) =>
        `In ${rows} rows "${path}" holds more than was asked for: ask for more with first: (at most 100), or for the list itself.`,
    ),
    ...(still ? [] : ['The graph was written to meanwhile. Export again when it stands still.']),
  ];
}

async function read(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new UsageFault(`"${path}" cannot be read: ${(error as Error).message}.`);
  }
}

async function variablesOf(given: string | undefined): Promise<Record<string, unknown>> {
  if (given === undefined) return {};
  const inline = given.trim().startsWith('{');
  const where = inline ? '--variables' : given;
  let value: unknown;
  try {
    value = JSON.parse(inline ? given : await read(given));
  } catch (error) {
    if (error instanceof UsageFault) throw error;
    throw new UsageFault(`${where} is no JSON: ${(error as Error).message}.`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new UsageFault(`${where} is no JSON object of variables.`);
  return value as Record<string, unknown>;
}
