import { bytesOf } from '../source/text';
import { FileFault } from '../source/source';

/** A line of a file, from 1. */
export interface Line {
  readonly number: number;
  readonly text: string;
}

/** Characters of the longest line: far more than any node needs. */
const longest = 64 * 1024 * 1024;

/**
 * The lines of a UTF-8 file, unpacked where it is a .gz, some at once; empty ones left out.
 * @throws FileFault where it is cut off, packed wrongly or no text
 */
export async function* linesOf(path: string): AsyncGenerator<readonly Line[]> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  let number = 0;
  const cut = (text: string): Line[] => {
    const lines = text.split(/\r?\n/);
    rest = lines.pop() as string;
    return lines.flatMap((each) => (number++, each.trim() ? [{ number, text: each }] : []));
  };
  const decoded = (bytes?: Uint8Array): string => {
    try {
      return decoder.decode(bytes, { stream: bytes !== undefined });
    } catch {
      throw new FileFault('holds bytes that are no UTF-8.', number + 1);
    }
  };
  for await (const bytes of bytesOf(path, {})) {
    const text = rest + decoded(bytes);
    if (text.length > longest) throw new FileFault('has a line of more than 64 MB.', number + 1);
    const lines = cut(text);
    if (lines.length) yield lines;
  }
  const last = cut(`${rest}${decoded()}\n`);
  if (last.length) yield last;
}
