import { isObject } from '../../../support/is-object';
import { own } from './instrument';

/** What an answer told the export itself. */
export interface Told {
  readonly datasets: Set<string>;
  /** Lists within rows that hold more than was asked for, by their path: in how many rows. */
  readonly cut: Map<string, number>;
}

/** Takes out of an answer what only the export asked for, and notes it. */
export function takenOut(value: unknown, told: Told, path: readonly string[] = []): unknown {
  if (Array.isArray(value)) return value.map((each) => takenOut(each, told, path));
  if (!isObject(value)) return value;
  const rest: Record<string, unknown> = {};
  for (const [name, each] of Object.entries(value)) {
    if (name === own.datasets) for (const dataset of each as string[]) told.datasets.add(dataset);
    else if (name === own.more) {
      if (!(each as { hasNextPage: boolean }).hasNextPage) continue;
      const where = path.join('.');
      told.cut.set(where, (told.cut.get(where) ?? 0) + 1);
    } else if (name !== own.page)
      rest[name] = takenOut(each, told, isRows(name) ? path : [...path, name]);
  }
  return rest;
}

const isRows = (name: string): boolean => name === 'nodes' || name === 'edges';
