import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { identify } from './users';

let tries = 0;

/**
 * Runs `work` while nobody else on this machine, this process included, runs under the same lock. A lock whose holder
 * is dead is taken over.
 */
export async function locked<T>(file: string, work: () => Promise<T>): Promise<T> {
  const own = `${file}.${process.pid}.${tries++}`;
  // A dead process of the same number may have left the lock as a link to this very file: writing into it would make
  // us the holder of a lock that we wait for.
  rmSync(own, { force: true });
  writeFileSync(own, identify(process.pid) ?? '');
  try {
    while (!take(own, file)) await wait(100);
    try {
      return await work();
    } finally {
      rmSync(file, { force: true });
    }
  } finally {
    rmSync(own, { force: true });
  }
}

/** A link is made whole or not at all, so that two cannot both take the lock. */
function take(own: string, file: string): boolean {
  try {
    linkSync(own, file);
    return true;
  } catch {
    try {
      const holder = readFileSync(file, 'utf8');
      if (identify(Number.parseInt(holder, 10)) !== holder) rmSync(file, { force: true });
    } catch {
      // It was let go of in the meantime.
    }
    return false;
  }
}
