import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A disk of 64 MB in memory, to be filled. */
export class SmallDisk {
  private constructor(readonly path: string) {}

  /** @returns the reason where none can be mounted here */
  static mount(path: string): SmallDisk | string {
    mkdirSync(path, { recursive: true });
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', path], { stdio: 'pipe' });
      return new SmallDisk(path);
    } catch (error) {
      return `no disk can be mounted here (${(error as Error).message.split('\n').pop()})`;
    }
  }

  get #filler(): string {
    return join(this.path, 'filler');
  }

  fill(): void {
    const { bavail, bsize } = statfsSync(this.path);
    try {
      writeFileSync(this.#filler, Buffer.alloc(bavail * bsize));
    } catch {
      // Somebody wrote meanwhile: it is as full as it gets.
    }
  }

  free(): void {
    rmSync(this.#filler, { force: true });
  }

  unmount(): void {
    execFileSync('umount', ['-l', this.path], { stdio: 'pipe' });
  }
}
