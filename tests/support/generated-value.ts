import { getNullableType, isEnumType, isInputObjectType, type GraphQLInputType } from 'graphql';
import type { Dice } from './dice';

/** Values to fill in: some that the data holds, some that it does not, some that mean something elsewhere. */
const words = [
  'a',
  'ai',
  'Moon',
  '智',
  '阿里',
  'cloud',
  '',
  "'",
  '"',
  '`',
  '\\u0060',
  '.*',
  'n) //',
];
const keys = [
  'alibaba',
  'Company:zhipu-ai',
  'cn',
  'gpt-4',
  'xhkg',
  'nobody',
  'value',
  '',
  'bad-one',
];
const ids = [
  'Company:alibaba',
  'Model:gpt-4',
  'Product:bailian-international',
  'Place:cn',
  'Company:bad-one',
  'Trend:prosumer-led',
  'Listing:p8-spac',
  'Observation:p3-saas-amount-world',
];
const dates = ['2024', '2023-07', '2024-05-14', '1999-12-31'];
const numbers = [0, 1, 2, 0.5, 10, 1e9, -1];

/** A scalar by its type and the name of what takes it. */
export function scalar(type: string, name: string, dice: Dice): unknown {
  if (name === 'id') return dice.pick(ids);
  if (name === 'ids') return dice.pick(ids);
  if (name === 'first' || name === 'last')
    return dice.chance(0.02) ? dice.pick([-1, 5000]) : dice.upTo(4);
  switch (type) {
    case 'Boolean':
      return name === 'single' || dice.chance(0.5);
    case 'Int':
      return dice.upTo(5);
    case 'Float':
      return dice.pick(numbers);
    case 'ID':
      return dice.pick(keys);
    case 'PartialDate':
      return dice.pick(dates);
    case 'CurrencyCode':
      return dice.pick(['CNY', 'USD']);
    default:
      return dice.pick(words);
  }
}

/** The same shape with other texts and numbers, so that a plan made for one must serve the other. */
export function redrawn(value: unknown, given: GraphQLInputType, dice: Dice): unknown {
  const type = getNullableType(given);
  if (Array.isArray(value))
    return value.map((each) => redrawn(each, (type as { ofType: GraphQLInputType }).ofType, dice));
  if (isInputObjectType(type))
    return Object.fromEntries(
      Object.entries(value as object).map(([name, each]) => [
        name,
        redrawn(each, type.getFields()[name]?.type as GraphQLInputType, dice),
      ]),
    );
  if (typeof value === 'boolean' || isEnumType(type)) return value;
  return scalar((type as { name: string }).name, typeof value === 'number' ? 'first' : '', dice);
}

/** A value as it stands in a document. */
export function literal(value: unknown, given: GraphQLInputType): string {
  const type = getNullableType(given);
  if (Array.isArray(value))
    return `[${value.map((each) => literal(each, (type as { ofType: GraphQLInputType }).ofType)).join(', ')}]`;
  if (isInputObjectType(type))
    return `{ ${Object.entries(value as object)
      .map(
        ([name, each]) =>
          `${name}: ${literal(each, type.getFields()[name]?.type as GraphQLInputType)}`,
      )
      .join(', ')} }`;
  return isEnumType(type) ? (value as string) : JSON.stringify(value);
}
