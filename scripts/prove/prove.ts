import 'reflect-metadata';
import { withBench } from './bench';
import { chosen, type Chosen } from './chosen';
import { conformance } from './conformance';
import { hostileRequests } from './hostile';
import { faults } from './faults';
import { loadHeld } from './load';
import type { Part, Row } from './part';

/** `npm run prove`: what is claimed of the server, shown in numbers. `-- --long` takes its time. */
const all: readonly Part[] = [hostileRequests, conformance, faults, loadHeld];

async function prove({ parts, long }: Chosen): Promise<boolean> {
  const began = Date.now();
  const rows = await withBench(long, async (bench) => {
    const found: (Row & { readonly part: string })[] = [];
    for (const { name, run } of parts)
      found.push(...(await run(bench)).map((each) => ({ part: name, ...each })));
    return found;
  });
  const table = [
    ['part', 'what', 'found', 'wanted', ''],
    ...rows.map(({ part, what, found, wanted, holds }) => [
      part,
      what,
      found,
      wanted,
      holds === undefined ? 'NOT TRIED' : holds ? 'holds' : 'DOES NOT HOLD',
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
  const count = (verdict: Row['holds']): number =>
    rows.filter(({ holds }) => holds === verdict).length;
  console.log(
    `${count(true)} hold, ${count(false)} do not, ${count(undefined)} not tried; ${Math.round((Date.now() - began) / 1_000)} s`,
  );
  return count(false) === 0;
}

async function main(): Promise<void> {
  let wanted: Chosen;
  try {
    wanted = chosen(process.argv.slice(2), all);
  } catch (error) {
    console.error((error as Error).message);
    process.exit(2);
  }
  process.exit((await prove(wanted)) ? 0 : 1);
}

void main();
