import { quote } from '../../errors';
import { isRow } from './json-lines';
import { FileFault, jsonRejects, type Open, type SourceRow } from './source';
import { notText, textOf } from './text';

/** JSON has to be read whole; beyond this it would not fit beside the rest. */
const most = 32 * 1024 * 1024;

/** JSON: a list of objects, at the top or where `at` says. */
export const openJson: Open = (path, spec) => {
  const columns = new Set<string>();
  return {
    rows: async function* () {
      let text = '';
      for await (const chunk of textOf(path, spec)) {
        text += chunk;
        if (text.length > most)
          throw new FileFault(
            `is more than ${most / 1024 / 1024} MB of JSON, which has to be read whole; write it as JSON Lines.`,
          );
      }
      const odd = notText(text);
      if (odd) throw new FileFault(odd);
      let value: unknown;
      try {
        value = JSON.parse(text);
      } catch (error) {
        throw new FileFault(`is no JSON: ${(error as Error).message}.`);
      }
      for (const step of spec.at?.split('.') ?? [])
        value = isRow(value) && Object.hasOwn(value, step) ? value[step] : undefined;
      if (!Array.isArray(value))
        throw new FileFault(
          `has no list of objects ${spec.at ? `at ${quote(spec.at)}` : 'at its top'}.`,
        );
      yield value.map((item: unknown, index): SourceRow => {
        const place = { row: index + 1, line: index + 1 };
        if (!isRow(item))
          return { ...place, cells: { item }, fault: `${quote(item)} is no object of fields.` };
        for (const name of Object.keys(item)) columns.add(name);
        return { ...place, cells: item };
      });
    },
    fixed: false,
    columns: () => [...columns],
    rejects: () => jsonRejects,
  };
};
