import { blueprint } from '../entities/blueprint';
import { exportGraph, formats } from '../exchange/export';
import { answerFormats } from '../exchange/export/answer';
import { fileSink, folder } from '../exchange/export/files';
import { didYouMean } from '../support/did-you-mean';
import { UsageFault, type Given, type Usage } from './arguments';
import { runExportOfAnswer } from './export-answer';
import { withGraph } from './open';

export const exportUsage: Usage = {
  form: 'export',
  meaning: 'Writes the whole graph down, or the answer of a query; sources and licences with it.',
  words: [0, 0],
  options: {
    format: {
      value: 'name',
      meaning: `How: ${formats.map(({ name, meaning }) => `${name} (${meaning})`).join('; ')}. jsonl unless told.`,
    },
    out: { value: 'path', meaning: 'Where: a file, or a folder for several; else in export/.' },
    query: {
      value: 'file.graphql',
      meaning: `The answer of this query, all its pages: ${answerFormats.map(({ name }) => name).join(', ')}.`,
    },
    variables: { value: 'file.json', meaning: "The query's variables: a file, or {...} itself." },
    operation: { value: 'name', meaning: 'Which of several operations of the file.' },
    limit: { value: 'n', meaning: 'The first n rows of the answer only.' },
  },
};

/** A format by its name. */
export function formatNamed<F extends { readonly name: string }>(
  known: readonly F[],
  { options }: Given,
): F {
  const name = typeof options.format === 'string' ? options.format : 'jsonl';
  const format = known.find((each) => each.name === name);
  if (format) return format;
  const names = known.map((each) => each.name);
  throw new UsageFault(
    `--format "${name}" is none that is known here.${didYouMean(name, names)} There are: ${names.join(', ')}.`,
  );
}

/** `yuntu export`. */
export async function runExport(given: Given): Promise<number> {
  const { options } = given;
  if (options.query !== undefined) return runExportOfAnswer(given);
  for (const name of ['variables', 'operation', 'limit'])
    if (options[name] !== undefined)
      throw new UsageFault(`--${name} is of a query: say --query file.graphql too.`);
  const format = formatNamed(formats, given);
  const { extension } = format;
  const out =
    typeof options.out === 'string'
      ? options.out
      : extension
        ? `export/graph.${extension}`
        : 'export';
  // A format of one file gives it a name of its own, which the caller's replaces.
  const files = extension ? { begin: () => fileSink(out) } : folder(out);
  const report = await withGraph((graph) => exportGraph(graph, blueprint, format, files));
  process.stdout.write(
    `Wrote ${report.nodes} nodes and ${report.edges} relationships to ${out}.\n` +
      (report.still
        ? ''
        : 'The graph was written to meanwhile: this may hold a little of both. Export again when it stands still.\n'),
  );
  return 0;
}
