import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { blueprint } from '../entities/blueprint';
import { importFiles } from '../exchange/import/import';
import type { ImportReport, Progress } from '../exchange/import/options';
import { readMapping } from '../exchange/mapping/read-mapping';
import { suggestMapping } from '../exchange/mapping/suggest';
import { formatOf } from '../exchange/source/open';
import { UsageFault, wholeNumber, type Given, type Usage } from './arguments';
import { withGraph } from './open';

export const importUsage: Usage = {
  form: 'import <mapping.yaml>',
  meaning: 'Loads files by a mapping. May be killed and resumed; the same again changes nothing.',
  words: [0, 1],
  options: {
    'dry-run': { meaning: 'Read and check all, load nothing; rejected rows are written as ever.' },
    resume: { meaning: 'Go on with an import that was not ended.' },
    limit: { value: 'n', meaning: 'The first n rows of each file only.' },
    from: { value: 'folder', meaning: "The folder of the files; else the mapping's." },
    dataset: { value: 'name', meaning: "Another dataset than the mapping's." },
    strict: { meaning: 'Load nothing at all if one row is bad.' },
    'max-errors': { value: 'n', meaning: 'Stop when more than n rows are bad.' },
    batch: { value: 'n', meaning: 'Rows that are written at once: 5000.' },
    rejects: { value: 'folder', meaning: 'Where rejected rows are written: rejected/<dataset>.' },
    report: { value: 'out.json', meaning: 'Where the whole report is written.' },
    suggest: { value: 'file', meaning: 'Draft a mapping from a file instead.' },
  },
};

/** `yuntu import`. Ends with 1 where rows were rejected, with 2 where nothing was loaded for one of them. */
export async function runImport(given: Given): Promise<number> {
  // Batches leave much behind that dies together. Left to itself, the heap grows to four times what is in use before
  // that is looked for; so it grows by half.
  setFlagsFromString('--heap-growing-percent=50');
  const [path] = given.words;
  const { options } = given;
  if (typeof options.suggest === 'string') {
    process.stdout.write(await suggestMapping(blueprint, options.suggest));
    return 0;
  }
  if (path === undefined) throw new UsageFault('It takes the form: yuntu import <mapping.yaml>');
  const format = formatOf(path);
  // JSON is YAML too.
  if (format && format !== 'json')
    throw new UsageFault(
      `"${path}" holds data; how they are to be read stands in a mapping. yuntu import --suggest ${path} drafts one.`,
    );
  const mapping = await readMapping(path);
  const dataset = (options.dataset as string | undefined) ?? mapping.mapping.dataset;
  const report = await withGraph((graph) =>
    importFiles(graph, blueprint, mapping, {
      folder: (options.from as string | undefined) ?? dirname(path),
      dataset,
      dryRun: Boolean(options['dry-run']),
      resume: Boolean(options.resume),
      strict: Boolean(options.strict),
      limit: wholeNumber(given, 'limit'),
      maxErrors: wholeNumber(given, 'max-errors'),
      batch: wholeNumber(given, 'batch') || undefined,
      rejects: (options.rejects as string | undefined) ?? join('rejected', dataset),
      progress: showProgress(),
    }),
  );
  if (typeof options.report === 'string')
    await writeFile(options.report, `${JSON.stringify(report, null, 2)}\n`);
  process.stdout.write(`${reportText(report)}\n`);
  if (report.state === 'REJECTED') return 2;
  return report.rejected ? 1 : 0;
}

/** One line that is written over on a terminal; elsewhere one every five seconds. */
function showProgress(): (progress: Progress) => void {
  let last = 0;
  return ({ file, done, rows, rate, left }) => {
    const now = Date.now();
    const terminal = process.stderr.isTTY;
    if (!terminal && now - last < 5_000) return;
    last = now;
    const text = `${file}: ${number(done)} of ${number(rows)} rows, ${number(Math.round(rate))} a second, ${duration(left)} left`;
    process.stderr.write(terminal ? `\r\u001b[K${text}${done >= rows ? '\n' : ''}` : `${text}\n`);
  };
}

/** A report as a person reads it. */
export function reportText(report: ImportReport): string {
  const heads: Record<ImportReport['state'], string> = {
    DONE: 'Imported',
    DRY: 'Nothing was loaded: this would be imported',
    STOPPED: 'Stopped, too many rows are bad; what was loaded stays',
    REJECTED: 'Nothing was loaded: a row is bad, and --strict was asked for',
  };
  const { created, changed, unchanged } = report.total;
  const lines = [
    `${heads[report.state]}: ${report.dataset}, run ${report.run}${report.resumed ? ' (resumed)' : ''}, ${duration(report.seconds)}.`,
    ...report.files.map(
      ({ file, rows, empty, skipped, loaded, rejected }) =>
        `  ${file}: ${number(rows)} rows, ${number(loaded)} loaded, ${number(rejected)} rejected${skipped ? `, ${number(skipped)} skipped` : ''}${empty ? `, ${number(empty)} empty` : ''}`,
    ),
    `${number(created)} created, ${number(changed)} changed, ${number(unchanged)} unchanged:`,
    ...Object.entries(report.kinds).map(
      ([kind, counts]) =>
        `  ${kind}: ${number(counts.created)} created, ${number(counts.changed)} changed, ${number(counts.unchanged)} unchanged`,
    ),
  ];
  for (const [kind, { count, examples }] of Object.entries(report.faults)) {
    lines.push(`${kind}: ${number(count)}`);
    for (const example of examples.slice(0, 3)) lines.push(`  ${example}`);
    if (count > 3) lines.push('  ...');
  }
  if (report.untried)
    lines.push(`${number(report.untried)} references by name could not be tried in a dry run.`);
  if (report.rejects.length) lines.push(`Rejected rows: ${report.rejects.join(', ')}`);
  return lines.join('\n');
}

const number = (value: number): string => value.toLocaleString('en-GB');

function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return 'unknown time';
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
