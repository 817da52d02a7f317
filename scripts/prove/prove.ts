import 'reflect-metadata';
import { withBench } from './bench';
import { conformance } from './conformance';
import { hostileRequests } from './hostile';
import { faults } from './faults';
import { loadHeld } from './load';
import type { Part, Row } from './part';

/** `npm run prove`: what is claimed of the server, shown in numbers. `-- --long` takes its time. */
const parts: readonly Part[] = [hostileRequests, conformance, faults, loadHeld];

async function main(): Promise<void> {
  const long = process.argv.includes('--long');
  const began = Date.now();
  // Names of parts after `--only`, such as `--only faults`.
  const at = process.argv.indexOf('--only');
  const only = at < 0 ? undefined : process.argv.slice(at + 1);
  const rows = await withBench(long, async (bench) => {
    const all: (Row & { readonly part: string })[] = [];
    for (const { name, run } of parts)
      if (!only || only.includes(name))
        all.push(...(await run(bench)).map((each) => ({ part: name, ...each })));
    return all;
  });
  const table = [
    ['part', 'what', 'found', 'wanted', ''],
    ...rows.map(({ part, what, found, wanted, holds }) => [
      part,
      what,
      found,
      wanted,
      holds ? 'holds' : 'DOES NOT HOLD',
    ]),
  ];
  const widths =
    table[0]?.map((_, column) => Math.max(...table.map((line) => line[column]?.length ?? 0))) ?? [];
  for (const line of table)
    console.log(
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
  console.log(`${Math.round((Date.now() - began) / 1_000)} s`);
  process.exit(rows.every(({ holds }) => holds) ? 0 : 1);
}

void main();
