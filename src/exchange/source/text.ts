import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { encodingExists, getDecoder } from 'iconv-lite';
import { quote } from '../../errors';
import type { FileSpec } from '../mapping/schema';
import { FileFault } from './source';

/** How far a .gz may unpack before it is asked whether it is a bomb. */
const harmless = 16 * 1024 * 1024;

/**
 * The bytes of a file, unpacked where it is a .gz.
 * @throws FileFault where it is cut off, is no gzip, or unpacks to out of all proportion
 */
export async function* bytesOf(
  path: string,
  { unpacks = 200 }: Pick<FileSpec, 'unpacks'>,
): AsyncGenerator<Buffer> {
  const file = createReadStream(path, { highWaterMark: 256 * 1024 });
  if (!/\.gz$/i.test(path)) {
    yield* file as AsyncIterable<Buffer>;
    return;
  }
  const gunzip = createGunzip();
  file.on('error', (error) => gunzip.destroy(error));
  let out = 0;
  try {
    for await (const chunk of file.pipe(gunzip) as AsyncIterable<Buffer>) {
      out += chunk.length;
      if (out > harmless && out > unpacks * Math.max(1, file.bytesRead))
        throw new FileFault(
          `unpacks to more than ${unpacks} times its size; say \`unpacks: ${unpacks * 10}\` if that is right.`,
        );
      yield chunk;
    }
  } catch (error) {
    if (error instanceof FileFault) throw error;
    const { code = '', message } = error as NodeJS.ErrnoException;
    if (!code.startsWith('Z_') && code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
    throw new FileFault(`cannot be unpacked: ${message}.`);
  } finally {
    file.destroy();
    gunzip.destroy();
  }
}

/** The encoding that the first bytes of a file name, if they do. */
async function marked(path: string, spec: FileSpec): Promise<string> {
  let begins: Buffer = Buffer.alloc(0);
  for await (const chunk of bytesOf(path, spec)) {
    begins = chunk;
    break;
  }
  for (const [mark, what] of others)
    if (begins.subarray(0, 4).toString('latin1').startsWith(mark)) throw new FileFault(what);
  if (spec.encoding !== undefined) {
    if (!encodingExists(spec.encoding))
      throw new FileFault(`${quote(spec.encoding)} is no encoding that is known.`);
    return spec.encoding;
  }
  if (begins[0] === 0xff && begins[1] === 0xfe) return 'utf-16le';
  if (begins[0] === 0xfe && begins[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}

/** How files begin that are no text, and what to say of them. */
const others: readonly (readonly [mark: string, what: string])[] = [
  ['\u001f\u008b', 'is packed by gzip: its name must end in .gz.'],
  ['PK\u0003\u0004', 'is a workbook or another ZIP archive: say `format: xlsx`, or unpack it.'],
  ['PAR1', 'is Parquet: say `format: parquet`.'],
];

/** The text of a file in pieces, decoded, without a byte order mark. */
export async function* textOf(path: string, spec: FileSpec): AsyncGenerator<string> {
  const encoding = await marked(path, spec);
  const decoder = getDecoder(encoding);
  let first = true;
  const clean = (text: string): string => {
    if (!first || !text) return text;
    first = false;
    return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  };
  for await (const chunk of bytesOf(path, spec)) yield clean(decoder.write(chunk));
  yield clean(decoder.end() ?? '');
}

/** What is wrong with a text that cannot have been meant: bytes of another encoding, or of no text at all. */
export function notText(text: string): string | undefined {
  if (text.includes('�'))
    return 'holds bytes that are no text in this encoding; name the right one as `encoding`.';
  if (text.includes('\0')) return 'holds a byte 0: the file is no text, or of another encoding.';
  return undefined;
}

/** Whether a file exists and holds anything. */
export async function sizeOf(path: string): Promise<number> {
  const file = await open(path);
  try {
    return (await file.stat()).size;
  } finally {
    await file.close();
  }
}
