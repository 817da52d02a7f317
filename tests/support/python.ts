import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..', '.yuntu', 'python');

/** Whether there is a Python with pip: tests by foreign tools run where there is, which they do wherever `CI` is set. */
export const hasPython =
  Boolean(process.env.CI) || spawnSync('python3', ['-m', 'pip', '--version']).status === 0;

/** The folder of some packages from PyPI, installed once: `['networkx==3.3']`. */
function packages(wanted: readonly string[]): string {
  const name = wanted.join('_').replace(/[^a-z0-9._-]+/gi, '-');
  const folder = join(root, name);
  if (!existsSync(folder)) {
    mkdirSync(root, { recursive: true });
    const partial = `${folder}.${process.pid}`;
    const args = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
    execFileSync('python3', [...args, '--target', partial, ...wanted], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    if (existsSync(folder)) rmSync(partial, { recursive: true });
    else renameSync(partial, folder);
  }
  return folder;
}

/**
 * Runs a Python script with some packages from PyPI.
 * @param input what it reads from its standard input, as JSON
 * @returns what it prints, as JSON
 */
export function python<T>(wanted: readonly string[], script: string, input: unknown = null): T {
  const printed = execFileSync('python3', ['-c', script], {
    input: JSON.stringify(input),
    env: { ...process.env, PYTHONPATH: packages(wanted), PYTHONDONTWRITEBYTECODE: '1' },
    maxBuffer: 256 * 1024 * 1024,
    encoding: 'utf8',
  });
  return JSON.parse(printed) as T;
}
