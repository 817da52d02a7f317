import { tooMuch } from './refusal';
import type { Limits } from './table';

/**
 * Checks the variables as they came, before anything copies or coerces them.
 * @param long names of variables that may hold longer lists, with their length
 * @throws Fault `LIMIT_EXCEEDED`, status 400, that names the place
 */
export function checkValues(
  variables: unknown,
  limits: Limits,
  long: ReadonlyMap<string, number> = new Map(),
): void {
  let count = 0;
  if (typeof variables !== 'object' || variables === null) return;
  for (const [name, value] of Object.entries(variables)) {
    const most = long.get(name);
    check(value, `$${name}`, 1, most ?? limits.maxList, most === undefined);
  }

  function check(value: unknown, path: string, depth: number, list: number, counted: boolean): void {
    if (counted && ++count > limits.maxValues)
      throw tooMuch('Values in the variables', count, limits.maxValues);
    if (typeof value === 'string') {
      if (value.length > limits.maxString)
        throw tooMuch(`Characters of ${path}`, value.length, limits.maxString);
      return;
    }
    if (typeof value !== 'object' || value === null) return;
    if (depth > limits.maxNesting)
      throw tooMuch(`Levels of lists and objects in ${path}`, depth, limits.maxNesting);
    if (Array.isArray(value)) {
      if (value.length > list) throw tooMuch(`Items of ${path}`, value.length, list);
      for (const [index, each] of value.entries())
        check(each, `${path}[${index}]`, depth + 1, limits.maxList, counted);
    } else
      for (const [key, each] of Object.entries(value))
        check(each, `${path}.${key}`, depth + 1, limits.maxList, counted);
  }
}
