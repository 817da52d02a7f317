import { GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { badInput, quote } from '../errors';
import { isPartialDate } from '../support/partial-date';

function text(
  name: string,
  description: string,
  check: (value: string) => boolean,
  form: string,
  bare = false,
) {
  const parse = (value: unknown): string => {
    if (typeof value === 'string' && check(value)) return value;
    throw badInput(name, `${quote(value)} is not ${form}.`);
  };
  return new GraphQLScalarType<string, string>({
    name,
    description,
    serialize: (value) => value as string,
    parseValue: parse,
    parseLiteral: (node: ValueNode) =>
      parse(
        node.kind === Kind.STRING || (bare && node.kind === Kind.ENUM) ? node.value : undefined,
      ),
  });
}

export const PartialDate = text(
  'PartialDate',
  'An ISO 8601 date of the precision that the source gives: 2024-07-22, 2022-10, 2019. It compares as its first day.',
  isPartialDate,
  'a date such as 2024-07-22, 2022-10 or 2019',
);

/** Taken as a string and, for ease of writing, as a bare word: `currency: USD`. */
export const CurrencyCode = text(
  'CurrencyCode',
  'An ISO 4217 currency code, such as CNY.',
  (value) => /^[A-Z]{3}$/.test(value),
  'an ISO 4217 code such as CNY',
  true,
);
