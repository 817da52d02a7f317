import { quote } from '../../errors';
import { isDeeper } from '../../support/nesting';
import { parseJson } from '../../support/parse-json';
import { deepest, isRow, tooDeep } from './json-lines';
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
        value = parseJson(text);
      } catch (error) {
        throw new FileFault(`is no JSON: ${(error as Error).message}.`);
      }
      const items = spec.at ? at(value, stepsOf(spec.at)) : value;
      if (!Array.isArray(items)) {
        const [place] = listsIn(value);
        throw new FileFault(
          `has no list of objects ${spec.at ? `at ${quote(spec.at)}` : 'at its top'}.${place ? ` There is one at ${quote(place)}: say it by \`at\`.` : ''}`,
          0,
          place ? { at: place } : {},
        );
      }
      const deep = items.findIndex((item) => isDeeper(item, deepest));
      if (deep >= 0) throw new FileFault(tooDeep, deep + 1);
      yield items.map((item: unknown, index): SourceRow => {
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

/** A path such as `data.items` or `data.0.items`, or the same as a JSON Pointer, `/data/items`. */
function stepsOf(path: string): readonly string[] {
  if (!path.startsWith('/')) return path.split('.');
  return path
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function at(value: unknown, steps: readonly string[]): unknown {
  return steps.reduce<unknown>(
    (part, step) =>
      typeof part === 'object' && part !== null && Object.hasOwn(part, step)
        ? (part as Record<string, unknown>)[step]
        : undefined,
    value,
  );
}

/** Where lists of objects stand, not far below the top. */
function listsIn(value: unknown, path: readonly string[] = []): string[] {
  if (Array.isArray(value)) return value.some(isRow) ? [path.join('.')] : [];
  if (!isRow(value) || path.length > 3) return [];
  return Object.entries(value).flatMap(([step, part]) => listsIn(part, [...path, step]));
}
