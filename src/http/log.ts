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

/** A log that writes lines; those about requests some at a time, the rest, and all that waits, at once. */
export function writtenLog(write: (lines: string) => void): Log {
  let waiting = '';
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (waiting) write(waiting);
    waiting = '';
  };
  process.once('exit', flush);
  return (event, details) => {
    waiting += `${logLine(event, details)}\n`;
    if (event !== 'request' || waiting.length > 16_384) flush();
    else timer ??= setTimeout(flush, gather);
  };
}
