import { globSync } from 'tinyglobby';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** libfaketime, where it is installed: processes that begin with its environment see another time of day. */
const [library] = globSync('/usr/lib/*/faketime/libfaketimeMT.so.1');

/** The time of day of some processes, which can be set while they run; what measures spans of time runs on. */
export class ShiftedClock {
  private constructor(
    readonly file: string,
    readonly library: string,
  ) {
    this.set('+0');
  }

  /** @returns the reason where it is not to be had here */
  static open(folder: string): ShiftedClock | string {
    return library
      ? new ShiftedClock(join(folder, 'clock'), library)
      : 'libfaketime is not installed';
  }

  /** The clock of this process, which was begun with the environment of one. */
  static own(): ShiftedClock {
    const { FAKETIME_TIMESTAMP_FILE: file = '', LD_PRELOAD: own = '' } = process.env;
    return new ShiftedClock(file, own);
  }

  /** For the environment of a process. */
  get env(): Readonly<Record<string, string>> {
    return {
      LD_PRELOAD: this.library,
      FAKETIME_TIMESTAMP_FILE: this.file,
      FAKETIME_NO_CACHE: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      FAKETIME_FORCE_MONOTONIC_FIX: '0',
    };
  }

  /** @param by such as `+1d` or `-1d` */
  set(by: string): void {
    writeFileSync(this.file, `${by}\n`);
  }
}
