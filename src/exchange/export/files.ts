import { createWriteStream } from 'node:fs';
import { mkdir, open, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { once } from 'node:events';

/** Where one file's content goes; writing waits while the receiver is busy. */
export interface Sink {
  write(chunk: string | Uint8Array): Promise<void>;
  end(): Promise<void>;
}

/** Where an export's files go. */
export interface Files {
  /** Begins a file of that name. */
  begin(name: string): Promise<Sink>;
}

/** A file that appears under its name only when it is whole: an export that is cut off leaves no half file. */
export async function fileSink(path: string): Promise<Sink> {
  await mkdir(dirname(path), { recursive: true });
  const partial = `${path}.partial`;
  const stream = createWriteStream(partial);
  await once(stream, 'open');
  let fault: Error | undefined;
  stream.on('error', (error) => (fault = error));
  return {
    async write(chunk) {
      if (fault) throw fault;
      if (!stream.write(chunk)) await once(stream, 'drain');
    },
    async end() {
      stream.end();
      await once(stream, 'close');
      if (fault) throw fault;
      const file = await open(partial, 'r+');
      await file.sync();
      await file.close();
      await rename(partial, path);
    },
  };
}

/** Files in a folder. */
export const folder = (path: string): Files => ({ begin: (name) => fileSink(join(path, name)) });

/** Gathers small pieces into larger ones, so that a file is not written word by word. */
export function gathered(sink: Sink, size = 64 * 1024): Sink {
  let pieces: string[] = [];
  let length = 0;
  const flush = async (): Promise<void> => {
    if (!length) return;
    const text = pieces.join('');
    pieces = [];
    length = 0;
    await sink.write(text);
  };
  return {
    async write(chunk) {
      if (typeof chunk !== 'string') {
        await flush();
        return sink.write(chunk);
      }
      pieces.push(chunk);
      length += chunk.length;
      if (length >= size) await flush();
    },
    async end() {
      await flush();
      await sink.end();
    },
  };
}
