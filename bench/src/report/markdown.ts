import { titles, type Name } from '../contestants/contestant';
import type { Round } from '../measure/rounds';
import { median } from '../measure/statistics';
import type { Curve, Loaded, Measured, Timed, Verdict } from '../parts/part';
import { ratio, round, verdictsOf } from './verdicts';

/** What the numbers were taken on. */
export interface Machine {
  readonly lines: readonly string[];
}

const head = `# Results

How they are taken, and what the contestants are: [README.md](README.md). This page is written by \`npm run bench\`; the numbers
of each round are in \`results/\`. Ratios count, absolute times do not: the contestants, Neo4j and the load generator share the
machine.
`;

/** The whole page. */
export function page(machine: Machine, all: readonly Measured[]): string {
  const loaded = all.filter((each): each is Loaded => each.kind === 'load');
  return [
    head,
    ...machine.lines.map((line) => `- ${line}`),
    '',
    '![Requests a second at 16 clients](results/plot.svg)',
    '',
    '## Targets and verdicts',
    '',
    verdictTable(all),
    '## Ratios at 16 clients',
    '',
    'In the median over the rounds, each round compared with its own.',
    '',
    table(
      ['work', 'ours / peer', 'ours / floor', 'cached / peer', 'cached / floor', 'cached / limit'],
      loaded.map((one) => [
        one.name,
        ...(
          [
            ['off', 'peer'],
            ['off', 'floor'],
            ['on', 'peer'],
            ['on', 'floor'],
            ['on', 'limit'],
          ] as const
        ).map(([a, b]) => round(ratio(one, a, b) ?? Number.NaN)),
      ]),
    ),
    ...all.map(section),
  ].join('\n');
}

function verdictTable(all: readonly Measured[]): string {
  const rows = all.flatMap((measured) =>
    verdictsOf(measured).map((verdict): [string, Verdict] => [measured.name, verdict]),
  );
  const met = rows.filter(([, verdict]) => verdict.met).length;
  return `${met} of ${rows.length} targets are met.\n\n${table(
    ['work', 'what', 'target', 'measured', 'verdict'],
    rows.map(([name, { what, target, measured, met: fine }]) => [
      name,
      what,
      target,
      measured,
      fine ? 'met' : '**missed**',
    ]),
  )}`;
}

function section(measured: Measured): string {
  const { name, title, remark } = measured;
  const body =
    measured.kind === 'load'
      ? load(measured)
      : measured.kind === 'time'
        ? time(measured)
        : curve(measured);
  return `## ${name}: ${title}\n\n${remark ? `${remark}\n\n` : ''}${body}`;
}

function load({ rounds, statements, bytes, compared }: Loaded): string {
  const count = Math.max(...Object.values(rounds).map((each) => each.length));
  const rows = Object.entries(rounds).map(([name, own]) => {
    const middle = (of: (each: Round) => number) => round(median(own.map(of)));
    const least = (of: (each: Round) => number) => round(Math.min(...own.map(of)));
    return [
      titles[name as Name],
      middle((each) => each.perSecond),
      least((each) => each.perSecond),
      `${middle((each) => each.p50at16)} / ${middle((each) => each.p99at16)}`,
      `${middle((each) => each.p50at1)} / ${middle((each) => each.p99at1)}`,
      least((each) => each.p50at1),
      middle((each) => each.cpu),
      name === 'limit' ? '' : middle((each) => each.cpuNeo4j),
      middle((each) => each.rss),
      name === 'limit' ? '' : String(Math.round((statements[name as Name] ?? 0) * 100) / 100),
      String(own.reduce((sum, each) => sum + each.bad, 0)),
    ];
  });
  return `An answer of ours has ${round(bytes / 1_024)} kB in the mean; ${compared} questions were compared; ${count} rounds.\n\n${table(
    [
      'contestant',
      'req/s, 16 clients',
      'least',
      'p50 / p99 ms, 16',
      'p50 / p99 ms, 1',
      'least p50, 1',
      'CPU ms, server',
      'CPU ms, Neo4j',
      'RSS MB',
      'statements',
      'non-200',
    ],
    rows,
  )}`;
}

function time({ times, memory, unit, notes }: Timed): string {
  const rows = Object.entries(times).map(([name, own]) => [
    titles[name as Name] ?? name,
    round(median(own)),
    round(Math.min(...own)),
    String(own.length),
    memory?.[name] ? round(memory[name]) : '',
  ]);
  return `${table(['contestant', `median ${unit}`, `least ${unit}`, 'runs', 'RSS MB at the most'], rows)}${notes.map((note) => `- ${note}\n`).join('')}`;
}

function curve({ steps, lines }: Curve): string {
  return table(
    ['', ...steps.map((step) => `${step}, ms`), `${steps.at(-1)} to ${steps[0]}`],
    lines.map(({ label, values }) => [
      label.replace(/ (off|peer|floor)$/, (_, name: Name) => `, ${titles[name]}`),
      ...values.map(round),
      `${round((values.at(-1) ?? Number.NaN) / (values[0] ?? Number.NaN))} x`,
    ]),
  );
}

/** A table as prettier writes it: columns of one width. */
function table(names: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [names, ...rows].map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = names.map((_, at) => Math.max(3, ...all.map((row) => row[at]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${widths.map((width, at) => (cells[at] ?? '').padEnd(width)).join(' | ')} |`;
  const [first = [], ...others] = all;
  return `${[line(first), line(widths.map((width) => '-'.repeat(width))), ...others.map(line)].join('\n')}\n`;
}
