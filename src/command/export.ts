import { blueprint } from '../entities/blueprint';
import { exportGraph, formats } from '../exchange/export';
import { fileSink, folder } from '../exchange/export/files';
import { didYouMean } from '../support/did-you-mean';
import { UsageFault, type Given, type Usage } from './arguments';
import { withGraph } from './open';

export const exportUsage: Usage = {
  form: 'export',
  meaning: 'Writes the whole graph down, sources and licences with it.',
  words: [0, 0],
  options: {
    format: {
      value: 'name',
      meaning: `How: ${formats.map(({ name, meaning }) => `${name} (${meaning})`).join('; ')}. jsonl unless told.`,
    },
    out: { value: 'path', meaning: 'Where: a file, or a folder for csv; else export/.' },
  },
};

/** `yuntu export`. */
export async function runExport({ options }: Given): Promise<number> {
  const name = typeof options.format === 'string' ? options.format : 'jsonl';
  const format = formats.find((each) => each.name === name);
  if (!format)
    throw new UsageFault(
      `--format "${name}" is none that is known.${didYouMean(
        name,
        formats.map((each) => each.name),
      )}`,
    );
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
