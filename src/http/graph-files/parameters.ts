import { badInput, quote } from '../../errors';
import { didYouMean, nearest } from '../../support/did-you-mean';

type Given = Readonly<Record<string, string | readonly string[] | undefined>>;

const texts = (value: string | readonly string[]): string[] =>
  [value].flat().flatMap((each) => each.split(',').filter(Boolean));

const single = (name: string, value: string | readonly string[]): string => {
  if (typeof value !== 'string') throw badInput(name, `was given ${value.length} times.`);
  return value;
};

function whole(value: string | readonly string[], name: string): number {
  const text = single(name, value);
  if (!/^-?\d{1,9}$/.test(text)) throw badInput(name, `${quote(text)} is not a whole number.`);
  return Number(text);
}

function flag(value: string | readonly string[], name: string): boolean {
  const text = single(name, value);
  if (text !== 'true' && text !== 'false')
    throw badInput(name, `${quote(text)} is neither "true" nor "false".`);
  return text === 'true';
}

/** The parameters of a file's address, each with how it is read. Lists are parted by commas, or named again. */
const readers: Readonly<
  Record<string, (value: string | readonly string[], name: string) => unknown>
> = {
  seeds: texts,
  depth: whole,
  limit: whole,
  fold: flag,
  relations: texts,
  types: texts,
  datasets: texts,
};

/**
 * The parameters of an address as variables of `pictureQuery`.
 * @throws Fault for a parameter that is not known or not what it should be
 */
export function variablesOf(query: Given): Record<string, unknown> {
  const variables = Object.fromEntries(
    Object.entries(query).map(([name, value]) => {
      const read = Object.hasOwn(readers, name) ? readers[name] : undefined;
      if (!read)
        throw badInput(
          name,
          `There is no such parameter.${didYouMean(name, Object.keys(readers))}`,
          { didYouMean: nearest(name, Object.keys(readers)) },
        );
      return [name, read(value ?? '', name)];
    }),
  );
  if (!(variables.seeds as string[] | undefined)?.length)
    throw badInput('seeds', 'Say where to begin, for example seeds=Trend:going-global.');
  return variables;
}
