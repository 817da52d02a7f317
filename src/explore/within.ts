import { badInput, Fault, quote } from '../errors';

/** A number that must lie between two others; the caller is told where it does not. */
export function within(name: string, value: number, least: number, most: number): number {
  if (value < least) throw badInput(name, `${quote(value)} is less than ${least}.`);
  if (value > most)
    throw new Fault(
      'LIMIT_EXCEEDED',
      `${name}: ${quote(value)} is more than ${most}, the most that can be asked for at once.`,
      { path: name },
    );
  return value;
}
