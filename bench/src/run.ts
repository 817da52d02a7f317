import { existsSync } from 'node:fs';
import { openGraph, type OpenGraph } from './data/graphs';
import { help, readOptions, type Options } from './options';
import { measureCold } from './parts/cold';
import { measureGrowth, measurePages } from './parts/growth';
import { measureImport } from './parts/import';
import { measureLoaded } from './parts/loaded';
import { measureMixed } from './parts/mixed';
import type { Measured, Setting } from './parts/part';
import { measureTyping } from './parts/typing';
import { dataFolder } from './product';
import { machineOf } from './report/machine';
import { page } from './report/markdown';
import { buildOf, isKept, keep } from './results';
import { say } from './say';
import { works } from './works';

async function run({ parts, mode, resume }: Options): Promise<void> {
  const build = buildOf();
  let opened: Promise<OpenGraph> | undefined;
  const setting: Setting = { mode, graph: () => (opened ??= openGraph(1)) };
  const wanted = parts.filter((name) => !(resume && isKept(name, build)));
  const shown: Measured[] = [];
  let neo4j = '';
  const done = async (measured: Measured): Promise<void> => {
    neo4j ||= (await setting.graph()).version;
    shown.push(measured);
    if (mode.name === 'full') keep(measured, build, neo4j);
  };
  try {
    const loaded = wanted.filter((name) => works.some((work) => work.name === name));
    if (loaded.length) await measureLoaded(loaded, setting, done);
    const others: Readonly<Record<string, (setting: Setting) => Promise<Measured>>> = {
      W9: measureImport,
      W10: measureMixed,
      W11: measureCold,
      growth: measureGrowth,
      pages: measurePages,
      typing: measureTyping,
    };
    for (const name of wanted) {
      const measure = others[name];
      if (!measure) continue;
      say(`${name} ...`);
      await done(await measure(setting));
    }
    if (shown.length) process.stdout.write(page(machineOf(neo4j), shown));
    const bad = shown
      .flatMap((each) => (each.kind === 'load' ? Object.values(each.rounds).flat() : []))
      .reduce((sum, each) => sum + each.bad, 0);
    if (bad) throw new Error(`${bad} answers were no 200, or held no data.`);
  } finally {
    if (opened) await (await opened).close();
  }
}

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  if (args.includes('--help')) return void process.stdout.write(help);
  const options = readOptions(args);
  if (!dataFolder || !existsSync(dataFolder)) {
    say(
      `Nothing can be measured: CRUNCHBASE_2013 names the folder with Crunchbase's export of 2013, and ${dataFolder ? `"${dataFolder}" is not there` : 'it is not set'}.`,
    );
    process.exitCode = 1;
    return;
  }
  await run(options);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? (error.stack ?? error.message) : error);
  process.exitCode = 1;
});
