import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** NetworkX lies here, fetched once; the versions are named so that it stays the same parser. */
const folder = join(__dirname, '..', '..', '.yuntu', 'python');
const packages = ['networkx==3.4.2', 'pydot==3.0.4', 'pyparsing==3.2.5'];

function succeeds(command: string, args: readonly string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
}

/**
 * Makes NetworkX ready.
 * @returns why it is not there, or null where it is; in CI it has to be
 */
export function networkxMissing(): string | null {
  const mark = join(folder, 'ready');
  if (existsSync(mark)) return null;
  let why: string | null = null;
  if (!succeeds('python3', ['-m', 'pip', '--version'])) why = 'python3 with pip is not here';
  else if (
    !succeeds('python3', ['-m', 'pip', 'install', '--quiet', '--target', folder, ...packages])
  )
    why = `pip could not fetch ${packages.join(', ')}`;
  if (why === null) writeFileSync(mark, packages.join('\n'));
  else if (process.env.CI) throw new Error(`NetworkX is needed here: ${why}.`);
  return why;
}

export interface ReadGraph {
  readonly directed: boolean;
  readonly nodes: readonly (readonly [id: string, data: Record<string, unknown>])[];
  readonly edges: readonly (readonly [
    source: string,
    target: string,
    data: Record<string, unknown>,
  ])[];
}

/** What NetworkX makes of a file. */
export function readByNetworkx(form: string, path: string): ReadGraph {
  const text = execFileSync('python3', [join(__dirname, 'read_graph.py'), form, path], {
    env: { ...process.env, PYTHONPATH: folder, PYTHONIOENCODING: 'utf-8' },
    maxBuffer: 64 * 1024 * 1024,
    encoding: 'utf8',
  });
  return JSON.parse(text) as ReadGraph;
}
