import { tooMuch } from './refusal';
import type { Limits } from './table';

/**
 * Checks the variables as they came, before anything copies or coerces them: how many values, how deep, how long.
 * @throws Fault `LIMIT_EXCEEDED`, status 400, that names the place
 */
export function checkValues(variables: unknown, limits: Limits): void {
  let count = 0;
  if (typeof variables !== 'object' || variables === null) return;
  for (const [name, value] of Object.entries(variables)) check(value, `$${name}`, 1);

  function check(value: unknown, path: string, depth: number): void {
    if (++count > limits.maxValues)
      throw tooMuch('Values in the variables', count, limits.maxValues);
    if (typeof value === 'string' && value.length > limits.maxString)
      throw tooMuch(`Characters of ${path}`, value.length, limits.maxString);
    if (typeof value !== 'object' || value === null) return;
    if (depth > limits.maxNesting)
      throw tooMuch(`Levels of lists and objects in ${path}`, depth, limits.maxNesting);
    if (Array.isArray(value))
      for (const [index, each] of value.entries()) check(each, `${path}[${index}]`, depth + 1);
    else for (const [key, each] of Object.entries(value)) check(each, `${path}.${key}`, depth + 1);
  }
}
