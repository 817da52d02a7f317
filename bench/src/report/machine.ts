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

/** What is measured now. */
export function commitAndDay(): string {
  const commit = said('git', ['-C', root, 'rev-parse', '--short', 'HEAD']).trim();
  return `${commit}, ${new Date().toISOString().slice(0, 10)}`;
}

/**
 * Versions and machine, without its name.
 * @param measured what was measured when
 */
export function machineOf(
  neo4j: string,
  measured: readonly string[] = [`Yuntu at ${commitAndDay()}`],
): Machine {
  const java = said('java', ['-version']).split('\n')[0] ?? '';
  return {
    lines: [
      ...measured,
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
