import { decode } from 'iconv-lite';
import { bytesOf } from '../source/text';

/** Bytes that are looked at. */
const sampled = 1024 * 1024;

/**
 * The encoding of a file of text that is no UTF-8 and does not say what it is; undefined where nothing need be said.
 * Bytes of Chinese read as another encoding make no words, so two Chinese letters in a row decide.
 */
export async function guessEncoding(path: string): Promise<string | undefined> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of bytesOf(path, {})) {
    pieces.push(piece);
    size += piece.length;
    if (size >= sampled) break;
  }
  const bytes = Buffer.concat(pieces);
  const marked = bytes[0] === 0xff || bytes[0] === 0xfe;
  // What is cut off at the end of the sample is no fault; a byte 0 is in no file of text.
  if (marked || bytes.includes(0) || isUtf8(bytes)) return undefined;
  const text = decode(bytes, 'gb18030').slice(0, -4);
  return !text.includes('\ufffd') && /\p{Script=Han}{2}/u.test(text) ? 'gb18030' : 'windows-1252';
}

function isUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
