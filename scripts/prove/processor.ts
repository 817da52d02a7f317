import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Seconds that a process has run, and that it would have run had a processor been free. */
export interface Share {
  readonly ran: number;
  readonly waited: number;
}

/** What all threads of a process have had of the processors so far; undefined where the system does not tell. */
export function shareOf(pid: number): Share | undefined {
  try {
    const tasks = join('/proc', String(pid), 'task');
    let [ran, waited] = [0, 0];
    for (const task of readdirSync(tasks)) {
      const [run = 0, wait = 0] = readFileSync(join(tasks, task, 'schedstat'), 'utf8')
        .split(' ')
        .map(Number);
      ran += run / 1e9;
      waited += wait / 1e9;
    }
    return { ran, waited };
  } catch {
    return undefined;
  }
}
