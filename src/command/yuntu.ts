#!/usr/bin/env node
import 'reflect-metadata';
import { helpOf, readArguments, UsageFault, type Given, type Usage } from './arguments';
import {
  dropUsage,
  runDrop,
  runRuns,
  runsUsage,
  runTrust,
  runUndo,
  trustUsage,
  undoUsage,
} from './datasets';
import { exportUsage, runExport } from './export';
import { importUsage, runImport } from './import';
import { loadReportUsage, runLoadReport } from './load-report';
import { say } from './open';
import { operationsUsage, runOperations } from './operations';
import { restoreUsage, runRestore } from './restore';
import { runToken, tokenUsage } from './token';
import {
  matchesUsage,
  mergesUsage,
  mergeUsage,
  runMatches,
  runMerge,
  runMerges,
  runUnmerge,
  unmergeUsage,
} from './who-is-who';
import { didYouMean } from '../support/did-you-mean';

/** The commands, each with its usage; the number that one resolves to is what the process ends with. */
const commands: Readonly<Record<string, readonly [Usage, (given: Given) => Promise<number>]>> = {
  import: [importUsage, runImport],
  runs: [runsUsage, runRuns],
  undo: [undoUsage, runUndo],
  drop: [dropUsage, runDrop],
  trust: [trustUsage, runTrust],
  'load-report': [loadReportUsage, runLoadReport],
  matches: [matchesUsage, runMatches],
  merge: [mergeUsage, runMerge],
  unmerge: [unmergeUsage, runUnmerge],
  merges: [mergesUsage, runMerges],
  export: [exportUsage, runExport],
  restore: [restoreUsage, runRestore],
  token: [tokenUsage, runToken],
  operations: [operationsUsage, runOperations],
};

async function main(): Promise<number> {
  const [name, ...args] = process.argv.slice(2);
  if (name === undefined || name === '--help' || name === 'help') {
    const all = Object.values(commands).map(([usage]) => helpOf(usage));
    process.stdout.write(
      `${all.join('\n\n')}\n\nThe graph is the one that npm start serves: see docs/running.md for NEO4J_URI and YUNTU_HOME.\n`,
    );
    return 0;
  }
  if (!Object.hasOwn(commands, name))
    throw new UsageFault(
      `yuntu has no command "${name}".${didYouMean(name, Object.keys(commands))} yuntu --help tells them all.`,
    );
  const [usage, run] = commands[name] as (typeof commands)[string];
  const given = readArguments(args, usage);
  if (given.options.help) {
    process.stdout.write(`${helpOf(usage)}\n`);
    return 0;
  }
  return run(given);
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const { name, message, cause, code, path } = error as NodeJS.ErrnoException & { cause?: Error };
    if (code === 'ENOENT' && path !== undefined) {
      say(`There is no file "${path}".`);
      process.exitCode = 2;
      return;
    }
    const unexpected = code === undefined && !/Faults?$/.test(name) && name !== 'Error';
    say(
      unexpected
        ? `${name}: ${message}`
        : `${message}${cause instanceof Error ? ` (${cause.message.split('\n')[0]})` : ''}`,
    );
    process.exitCode = 2;
  },
);
