import type { Bound } from '../derive/spec';
import { badInput, moreThan, quote } from '../errors';

/**
 * A number that a caller gave, or what is meant where he gave none.
 * @throws Fault that names it, where it lies outside of its bound
 */
export function within(
  name: string,
  given: number | null | undefined,
  { least, most, unlessTold = 0 }: Bound,
): number {
  const value = given ?? unlessTold;
  if (value < least) throw badInput(name, `${quote(value)} is less than ${least}.`);
  if (value > most) throw moreThan(name, value, most);
  return value;
}
