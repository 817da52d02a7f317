import { once } from 'node:events';
import { writeSync } from 'node:fs';
import SonicBoom from 'sonic-boom';

/** Where lines of the log go: what happened, and its details. */
export type Log = (event: string, details: Record<string, unknown>) => void;

/** Control characters, invisible ones and those that turn the direction of writing; JSON escapes only some of them. */
const unseen = /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/** One line of JSON, whatever the details hold. */
export function logLine(event: string, details: Record<string, unknown>): string {
  return JSON.stringify({ time: new Date().toISOString(), event, ...details }).replace(
    unseen,
    (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Milliseconds that a line about a request may wait for others: each write by itself is a call of the system. */
const gather = 50;

/** Bytes of lines that may wait for a reader who does not read; what would come on top is left out, and told later. */
const mostWaiting = 1024 * 1024;

/** Milliseconds that such a reader is given at the end. */
const lastWait = 500;

/** What goes to a file descriptor: lines of the log, and what is said in plain words. */
export interface Output {
  readonly log: Log;
  say(message: string): void;
  /** Waits until all is out, but not for ever. */
  close(): Promise<void>;
}

/**
 * Writes lines about requests some at a time, the rest, and all that waits, at once. Whoever reads them may be slow,
 * stand still or be gone: no request waits for that.
 */
export function openOutput(fd: number): Output {
  const file = new SonicBoom({ fd, maxLength: mostWaiting });
  let waiting = '';
  let timer: NodeJS.Timeout | undefined;
  let lost = 0;
  let writing = false;
  const write = (lines: string): void => {
    writing = true;
    file.write(lines);
  };
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (waiting) write(waiting);
    waiting = '';
  };
  // Nobody reads any more.
  file.on('error', () => {});
  file.on('drop', (lines: string) => (lost += lines.split('\n').length - 1));
  file.on('drain', () => {
    writing = false;
    if (lost) write(`${logLine('lines left out', { lines: lost })}\n`);
    lost = 0;
  });
  process.once('exit', () => {
    // What is on its way may never get there.
    if (!writing && waiting) writeSync(fd, waiting);
  });
  return {
    log: (event, details) => {
      waiting += `${logLine(event, details)}\n`;
      if (event !== 'request' || waiting.length > 16_384) flush();
      else timer ??= setTimeout(flush, gather);
    },
    say: (message) => {
      waiting += `${message}\n`;
      flush();
    },
    close: async () => {
      flush();
      const limit = AbortSignal.timeout(lastWait);
      while (writing && !limit.aborted)
        await once(file, 'drain', { signal: limit }).catch(() => {});
    },
  };
}
