import { parseArgs, type ParseArgsConfig } from 'node:util';
import { didYouMean } from '../support/did-you-mean';

/** What a command takes: its words, its options and what they mean. */
export interface Usage {
  /** Such as `import <mapping.yaml>`. */
  readonly form: string;
  readonly meaning: string;
  /** How many words it takes at the least and at the most. */
  readonly words: readonly [number, number];
  readonly options?: Readonly<Record<string, OptionUsage>>;
}

export interface OptionUsage {
  /** What stands after it, such as `n`; nothing for a switch. */
  readonly value?: string;
  readonly meaning: string;
}

/** What was given: words and options. */
export interface Given {
  readonly words: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
}

/** A command line that cannot be understood. */
export class UsageFault extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageFault';
  }
}

/**
 * Reads the words and options of a command.
 * @throws UsageFault with a sentence
 */
export function readArguments(args: readonly string[], usage: Usage): Given {
  const known = { help: { meaning: '' }, ...usage.options } as Record<string, OptionUsage>;
  for (const arg of args) {
    const name = /^--([^=]+)/.exec(arg)?.[1];
    if (name !== undefined && !Object.hasOwn(known, name))
      throw new UsageFault(
        `There is no option --${name} here.${didYouMean(name, Object.keys(known))}`,
      );
  }
  const options: ParseArgsConfig['options'] = Object.fromEntries(
    Object.entries(known).map(([name, { value }]) => [
      name,
      { type: value === undefined ? ('boolean' as const) : ('string' as const) },
    ]),
  );
  let parsed;
  try {
    parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageFault((error as Error).message);
  }
  const words = parsed.positionals;
  const [least, most] = usage.words;
  if (!parsed.values.help && (words.length < least || words.length > most))
    throw new UsageFault(`It takes the form: yuntu ${usage.form}`);
  return { words, options: parsed.values as Given['options'] };
}

/** An option that is a whole number. */
export function wholeNumber({ options }: Given, name: string): number | undefined {
  const text = options[name];
  if (text === undefined) return undefined;
  if (typeof text !== 'string' || !/^\d+$/.test(text))
    throw new UsageFault(`--${name} is a whole number; "${String(text)}" is none.`);
  return Number(text);
}

/** The help of one command. */
export function helpOf({ form, meaning, options = {} }: Usage): string {
  const lines = Object.entries(options).map(([name, { value, meaning: says }]) => [
    `--${name}${value === undefined ? '' : ` ${value}`}`,
    says,
  ]);
  const width = Math.max(0, ...lines.map(([name = '']) => name.length));
  return [
    `yuntu ${form}`,
    `  ${meaning}`,
    ...lines.map(([name = '', says = '']) => `    ${name.padEnd(width)}  ${says}`),
  ].join('\n');
}
