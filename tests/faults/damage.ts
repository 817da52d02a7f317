import { cp, mkdtemp, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Copies what a server that has ended keeps below its home.
 * @returns the home of the copy
 */
export async function copyStore(home: string): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), 'yuntu-copy-'));
  for (const folder of ['conf', 'data'])
    await cp(join(home, folder), join(copy, folder), { recursive: true });
  return copy;
}

/** Overwrites a file of the database's store with noughts: the records that others point to are gone. */
export async function overwrite(home: string, name: string): Promise<void> {
  const file = await open(join(home, 'data', 'databases', 'neo4j', name), 'r+');
  try {
    const { size } = await file.stat();
    await file.write(Buffer.alloc(size), 0, size, 0);
  } finally {
    await file.close();
  }
}
