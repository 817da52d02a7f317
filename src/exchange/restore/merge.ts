import { layersOf, stack, type Columns } from '../load/layers';

/**
 * What is to be stored where a file says something of what is there already: what each dataset says is the file's word
 * where the file has one, and what other datasets say stays.
 * @param preference datasets, the most trusted first
 */
export function merged(
  there: Columns,
  given: Columns,
  preference: readonly string[],
  owners: ReadonlyMap<string, string>,
  folded: boolean,
): Columns {
  const [before, now] = [layersOf(there), layersOf(given)];
  if (!now.datasets.length) return { ...given, ...there };
  if (!before.datasets.length) return { ...there, ...given };
  return stack(new Map([...before.layers, ...now.layers]), preference, owners, folded);
}
