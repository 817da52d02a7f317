import { didYouMean } from '../../src/support/did-you-mean';
import type { Part } from './part';

export interface Chosen {
  readonly parts: readonly Part[];
  readonly long: boolean;
}

/**
 * What the command line asks for: `--long`, and after `--only` the names of parts; all of them unless told.
 * @throws Error with a sentence where there is something in it that is not known
 */
export function chosen(args: readonly string[], parts: readonly Part[]): Chosen {
  const names = parts.map(({ name }) => name);
  const flags = args.filter((arg) => arg.startsWith('--'));
  const named = args.filter((arg) => !arg.startsWith('--'));
  for (const flag of flags)
    if (flag !== '--only' && flag !== '--long')
      throw new Error(`There is no ${flag} here: --long, and --only with ${names.join(', ')}.`);
  for (const name of named)
    if (!names.includes(name))
      throw new Error(
        `"${name}" is no part.${didYouMean(name, names)} The parts are ${names.join(', ')}.`,
      );
  if (flags.includes('--only') !== named.length > 0)
    throw new Error(`--only stands before the names of parts: ${names.join(', ')}.`);
  return {
    parts: named.length ? parts.filter(({ name }) => named.includes(name)) : parts,
    long: flags.includes('--long'),
  };
}
