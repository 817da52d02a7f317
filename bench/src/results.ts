import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parts } from './options';
import type { Loaded, Measured } from './parts/part';
import { bench, root } from './product';
import { commitAndDay, machineOf } from './report/machine';
import { page } from './report/markdown';
import { plot } from './report/plot';

const folder = join(bench, 'results');

interface Kept {
  /** A digest of the programs that were measured. */
  readonly build: string;
  /** When it was, and of which commit. */
  readonly at: string;
  readonly measured: Measured;
}

const fileOf = (name: string): string => join(folder, `${name}.json`);

function kept(name: string): Kept | null {
  try {
    return JSON.parse(readFileSync(fileOf(name), 'utf8')) as Kept;
  } catch {
    return null;
  }
}

/** Whether that part was measured of this build already. */
export const isKept = (name: string, build: string): boolean => kept(name)?.build === build;

/** Keeps what a part came to, and writes the page anew from all that is kept. */
export function keep(measured: Measured, build: string, neo4j: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    fileOf(measured.name),
    `${JSON.stringify({ build, at: commitAndDay(), measured } satisfies Kept)}\n`,
  );
  const found = parts.flatMap((name) => kept(name) ?? []);
  const all = found.map((each) => each.measured);
  const times = [...new Set(found.map(({ at }) => at))].map((time) => {
    const names = found.filter(({ at }) => at === time).map((each) => each.measured.name);
    return `Yuntu at ${time}: ${names.join(', ')}`;
  });
  writeFileSync(join(bench, 'RESULTS.md'), page(machineOf(neo4j, times), all));
  writeFileSync(
    join(folder, 'plot.svg'),
    plot(all.filter((each): each is Loaded => each.kind === 'load')),
  );
}

/** A digest of the product and the benchmark as they are built. */
export function buildOf(): string {
  const digest = createHash('sha256');
  for (const base of [join(root, 'dist'), join(bench, 'dist')])
    for (const entry of readdirSync(base, { recursive: true, withFileTypes: true }))
      if (entry.isFile()) digest.update(readFileSync(join(entry.parentPath, entry.name)));
  return digest.digest('hex').slice(0, 16);
}
