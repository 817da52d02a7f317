import type { PropertyDef } from '../../blueprint';
import type { Value } from '../../blueprint/storage';
import { quote } from '../../errors';
import { didYouMean } from '../../support/did-you-mean';
import { isPartialDate, firstDay } from '../../support/partial-date';
import { parsePeriod, periodLabel } from '../../support/period';

/** What is wrong with a value, as the rest of a sentence that begins with where it stands. */
export type Complain = (message: string, field?: string) => void;

/** The longest a short text may be: an index takes no longer ones. */
const longest = 2_000;

/** A property's value, checked; undefined where something is wrong with it, which was told. */
export function checkValue(
  property: PropertyDef,
  given: unknown,
  complain: Complain,
): Value | undefined {
  const no = (expected: string): undefined =>
    complain(`${quote(given)} is not ${expected}.`) as undefined;
  const text = typeof given === 'string' && given.trim() !== '' ? given : undefined;
  switch (property.kind) {
    case 'string':
      if (text !== undefined && text.length > longest)
        return complain(`is ${text.length} characters long; ${longest} is the most.`) as undefined;
      return text ?? no('a text');
    case 'text':
      return text ?? no('a text');
    case 'boolean':
      return typeof given === 'boolean' ? given : no('true or false');
    case 'int':
      return typeof given === 'number' && Number.isSafeInteger(given)
        ? given
        : no('a whole number');
    case 'float':
      return typeof given === 'number' && Number.isFinite(given) ? given : no('a number');
    case 'date':
      return text !== undefined && isPartialDate(text)
        ? text
        : no('a date such as 2024-07-22, 2022-10 or 2019');
    case 'currency':
      return text !== undefined && /^[A-Z]{3}$/.test(text)
        ? text
        : no('an ISO 4217 code such as CNY');
    case 'enum':
      return one(property, given, complain);
    case 'enums':
      return list(given, complain, (each) => one(property, each, complain));
    case 'strings':
      return list(given, complain, (each) => (typeof each === 'string' && each ? each : undefined));
    case 'money':
      return money(given, complain);
    case 'period':
      return period(given, complain);
    case 'pairs': {
      const [, first] = property.pair ?? ['', 'name'];
      if (!Array.isArray(given)) return no('a list');
      return (given as Record<string, string | number | undefined>[]).map((each) => ({
        name: String(each[first] ?? each.name ?? ''),
        value: String(each.value ?? ''),
      }));
    }
  }
}

function one(
  { enum: values }: PropertyDef,
  given: unknown,
  complain: Complain,
): string | undefined {
  const known = Object.keys(values?.values ?? {});
  if (typeof given === 'string' && known.includes(given)) return given;
  complain(`${quote(given)} is no ${values?.name ?? 'value'}.${didYouMean(String(given), known)}`);
  return undefined;
}

function list(
  given: unknown,
  complain: Complain,
  each: (item: unknown) => string | undefined,
): string[] | undefined {
  if (!Array.isArray(given)) return complain(`${quote(given)} is not a list.`) as undefined;
  const items = given.map(each);
  if (items.some((item) => item === undefined))
    return complain(`${quote(given)} holds what is no text.`) as undefined;
  return items as string[];
}

function money(given: unknown, complain: Complain): Value | undefined {
  const { amount, currency, asPrinted, ...rest } = (given ?? {}) as Record<string, unknown>;
  const odd = Object.keys(rest);
  if (odd.length) complain(`${quote(odd[0])} is no part of an amount of money.`);
  if (typeof amount !== 'number' || !Number.isFinite(amount))
    return complain(`${quote(given)} has no amount: unknown is absent, never 0.`) as undefined;
  if (typeof currency !== 'string' || !/^[A-Z]{3}$/.test(currency))
    return complain(`${quote(given)} has no currency.`) as undefined;
  return { amount, currency, asPrinted: typeof asPrinted === 'string' ? asPrinted : null };
}

function period(given: unknown, complain: Complain): Value | undefined {
  if (typeof given === 'string' || typeof given === 'number') {
    const parsed = parsePeriod(String(given));
    return (
      parsed ??
      (complain(
        `${quote(given)} is not a period such as 2024, 2024H1 or 2024-01..2024-05.`,
      ) as undefined)
    );
  }
  const {
    start = null,
    end = null,
    label,
    ...rest
  } = (given ?? {}) as Record<string, string | null | undefined>;
  const odd = Object.keys(rest)[0];
  if (odd) complain(`${quote(odd)} is no part of a period.`);
  for (const date of [start, end])
    if (date !== null && (typeof date !== 'string' || !isPartialDate(date)))
      return complain(`${quote(date)} is not a date.`) as undefined;
  if (start && end && firstDay(start) > firstDay(end))
    return complain(`${quote(`${start}..${end}`)} ends before it begins.`) as undefined;
  if (!start && !end && !label)
    return complain('is a period without a start, an end or a label.') as undefined;
  return { start, end, label: label ?? periodLabel(start, end) };
}
