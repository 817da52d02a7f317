import { gathered } from '../files';
import type { Format } from '../format';
import { nameOf, type Item } from '../items';

/** The first line, by which a file is known for what it is. */
export const header = { yuntu: 'graph', version: 2 } as const;

/** What a node's line says beside the node's properties, none of which has such a name. */
export const ownWords = ['noun', 'roles', 'stored'] as const;

/**
 * An item as one line: `{"noun", "key", ...}` or `{"relation", "from", "to", "edge"}`; what is unknown is absent.
 * `stored` is what stands in the graph beside the properties.
 */
function lineOf(item: Item): object {
  const stored = Object.keys(item.stored).length ? { stored: item.stored } : {};
  const values = Object.fromEntries(item.values);
  if (item.kind === 'node') {
    const roles = item.roles.length ? { roles: item.roles } : {};
    return { noun: item.noun.name, ...values, ...roles, ...stored };
  }
  const edge = item.values.size ? { edge: values } : {};
  return { relation: item.type, from: nameOf(item.from), to: nameOf(item.to), ...edge, ...stored };
}

/** Everything, a line each. The last counts them, so that a file that was cut off is known. */
export const jsonLines: Format = {
  name: 'jsonl',
  meaning: 'JSON Lines: everything, a line each, to be restored from',
  extension: 'jsonl',
  async write({ datasets, records, everything }, _blueprint, files) {
    const sink = gathered(await files.begin('graph.jsonl'));
    let lines = 0;
    const line = (value: object): Promise<void> => {
      lines++;
      return sink.write(`${JSON.stringify(value)}\n`);
    };
    await line(header);
    for (const { name, title, since } of datasets)
      await line({ dataset: name, title: title ?? undefined, since: since ?? undefined });
    for await (const { label, stored } of records) await line({ record: label, stored });
    for await (const item of everything) await line(lineOf(item));
    await line({ end: lines });
    await sink.end();
  },
};
