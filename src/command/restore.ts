import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { blueprint } from '../entities/blueprint';
import { restoreGraph } from '../exchange/restore/restore';
import { UsageFault, type Given, type Usage } from './arguments';
import { say, withGraph } from './open';

export const restoreUsage: Usage = {
  form: 'restore <file.jsonl>',
  meaning:
    'Restores an export as JSON Lines (also .jsonl.gz, or its folder) into an empty graph, the very same.',
  words: [1, 1],
  options: {
    merge: {
      meaning: 'Add to what is there: what each dataset says becomes what the file says of it.',
    },
  },
};

/** `yuntu restore`. */
export async function runRestore({ words, options }: Given): Promise<number> {
  const path = await fileOf(words[0] as string);
  let last = Date.now();
  const tally = await withGraph((graph) =>
    restoreGraph(graph, blueprint, path, {
      merge: Boolean(options.merge),
      progress: (done, lines) => {
        if (Date.now() - last < 5_000) return;
        last = Date.now();
        say(`${done} of ${lines} lines`);
      },
    }),
  );
  const { created, changed, unchanged } = tally.total;
  process.stdout.write(
    `Restored ${path}: ${created} nodes and relationships created, ${changed} changed, ${unchanged} unchanged.\n`,
  );
  return 0;
}

/** The export that a path names: a file, or the only one of a folder. */
async function fileOf(path: string): Promise<string> {
  const found = await stat(path).catch(() => null);
  if (!found) throw new UsageFault(`There is no "${path}".`);
  if (!found.isDirectory()) return path;
  const names = (await readdir(path)).filter((name) => /\.jsonl(\.gz)?$/.test(name));
  if (names.length !== 1)
    throw new UsageFault(
      names.length
        ? `"${path}" holds several exports: ${names.sort().join(', ')}. Name one.`
        : `"${path}" holds no .jsonl and no .jsonl.gz.`,
    );
  return join(path, names[0] as string);
}
