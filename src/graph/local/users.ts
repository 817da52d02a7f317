import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A process told from a later one that was given the same number: its pid and when it began. */
export function identify(pid: number): string | null {
  try {
    process.kill(pid, 0);
  } catch {
    return null;
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A process that ended but was not yet waited for is no process any more.
    return fields[0] === 'Z' ? null : `${pid}-${fields[19]}`;
  } catch {
    return existsSync('/proc/self') ? null : String(pid);
  }
}

let entered = 0;

/** Notes that this process uses the server of `folder`, once more. */
export function enter(folder: string): string {
  const file = join(folder, `user-${identify(process.pid)}.${entered++}`);
  writeFileSync(file, '');
  return file;
}

/** Whether any process that still lives uses the server; notes of dead ones are cleared away. */
export function inUse(folder: string): boolean {
  let used = false;
  for (const name of readdirSync(folder)) {
    const match = /^user-((\d+)[^.]*)\.\d+$/.exec(name);
    if (!match) continue;
    if (identify(Number(match[2])) === match[1]) used = true;
    else rmSync(join(folder, name), { force: true });
  }
  return used;
}
