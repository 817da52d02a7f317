import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { bench, root } from '../product';
import type { Machine } from './markdown';

const versionIn = (folder: string, name: string): string =>
  (
    JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8')) as {
      version: string;
    }
  ).version;

/** Versions and machine, without its name. */
export function machineOf(neo4j: string): Machine {
  const java = said('java', ['-version']).split('\n')[0] ?? '';
  const commit = said('git', ['-C', root, 'rev-parse', '--short', 'HEAD']).trim();
  return {
    lines: [
      `Yuntu at ${commit}, ${new Date().toISOString().slice(0, 10)}`,
      `${cpus().length} cores (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GB of memory, Linux ${release().split('-')[0]}`,
      `Node ${process.versions.node}; Neo4j ${neo4j} Community on ${java}, heap 1 GB`,
      `neo4j-driver ${versionIn(bench, 'neo4j-driver')}, @apollo/server ${versionIn(bench, '@apollo/server')}, @neo4j/graphql ${versionIn(bench, '@neo4j/graphql')}, graphql ${versionIn(bench, 'graphql')}`,
    ],
  };
}

/** What a program says, wherever it says it. */
function said(command: string, args: readonly string[]): string {
  try {
    return execFileSync('sh', ['-c', '"$0" "$@" 2>&1', command, ...args], { encoding: 'utf8' });
  } catch {
    return 'unknown';
  }
}
