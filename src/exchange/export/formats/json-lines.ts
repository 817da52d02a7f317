import type { Value } from '../../../blueprint/storage';
import { gathered } from '../files';
import type { Format } from '../format';
import { nameOf, type Item } from '../items';

/** The first line, by which a file is known for what it is. */
export const header = { yuntu: 'graph', version: 1 } as const;

/** An item as one line: `{"noun", "key", ...}` or `{"relation", "from", "to", ...}`; what is unknown is absent. */
export function lineOf(item: Item): Record<string, Value> {
  const own: Record<string, Value> =
    item.kind === 'node'
      ? { noun: item.noun.name }
      : { relation: item.type, from: nameOf(item.from), to: nameOf(item.to) };
  for (const [name, value] of item.values) own[name] = value;
  return own;
}

/** Everything, a line each. */
export const jsonLines: Format = {
  name: 'jsonl',
  meaning: 'JSON Lines: everything, a line each',
  extension: 'jsonl',
  async write(items, _blueprint, files) {
    const sink = gathered(await files.begin('graph.jsonl'));
    await sink.write(`${JSON.stringify(header)}\n`);
    for await (const item of items) await sink.write(`${JSON.stringify(lineOf(item))}\n`);
    await sink.end();
  },
};
