import type { Noun } from '../blueprint';
import { boundedArg, groupsBound, lastBound, orderBound, pageBound } from './bounds';
import { constant } from './names';
import { arg, field, type ArgSpec, type FieldSpec, type ObjectSpec, type TypeSpec } from './spec';

const input = (name: string, description: string, fields: readonly FieldSpec[]): ObjectSpec => ({
  kind: 'input',
  name,
  description,
  fields,
});
const object = (name: string, description: string, fields: readonly FieldSpec[]): ObjectSpec => ({
  kind: 'object',
  name,
  description,
  fields,
});

const words = {
  eq: 'Is equal to it.',
  ne: 'Is not equal to it; holds for the unknown.',
  in: 'Is one of these; none of an empty list.',
  notIn: 'Is none of these; holds for the unknown.',
  lt: 'Is less than it.',
  lte: 'Is at most it.',
  gt: 'Is greater than it.',
  gte: 'Is at least it.',
  contains: 'Contains it.',
  startsWith: 'Starts with it.',
  endsWith: 'Ends with it.',
  has: 'Has it.',
  hasAny: 'Has at least one of these.',
  hasAll: 'Has all of these.',
  isNull: 'Whether it is unknown.',
} as const;
export type Operator = keyof typeof words;

const equality = ['eq', 'ne', 'in', 'notIn'] as const;
const ranges = ['lt', 'lte', 'gt', 'gte'] as const;
const lists = ['has', 'hasAny', 'hasAll'] as const;

/** The operators of a scalar's filter, each with its type. */
export function operators(scalar: string, names: readonly Operator[]): FieldSpec[] {
  return names.map((name) => {
    const many = name === 'in' || name === 'notIn' || name === 'hasAny' || name === 'hasAll';
    return field(name, name === 'isNull' ? 'Boolean' : many ? `[${scalar}!]` : scalar, words[name]);
  });
}

/** The filter of a property that holds one value of an enum: `CompanyKindFilter`. */
export function enumFilter(name: string): ObjectSpec {
  return input(`${name}Filter`, `Compares a ${name}.`, operators(name, [...equality, 'isNull']));
}

/** The filter of a property that holds a list of values of an enum: `ModalityListFilter`. */
export function enumListFilter(name: string): ObjectSpec {
  return input(
    `${name}ListFilter`,
    `Looks into a list of ${name}.`,
    operators(name, [...lists, 'isNull']),
  );
}

/** A list of { name value }: its type, and the filter that looks into it. */
export function pairTypes([name, first]: readonly [string, string]): TypeSpec[] {
  const parts = [
    field(first, 'String!', first === 'name' ? 'Its name.' : 'The scheme it belongs to.'),
    field('value', 'String!', 'Its value.'),
  ];
  return [
    object(name, `A ${first} and a value.`, parts),
    input(`${name}Input`, `A ${first} and a value to look for.`, parts),
    input(
      `${name}Filter`,
      `Looks into a list of ${name}.`,
      operators(`${name}Input`, [...lists, 'isNull']),
    ),
  ];
}

/** The arguments of every connection. */
export function pageArgs(filter: string, order: string): ArgSpec[] {
  return [
    arg('where', filter, 'Only those of which this holds.'),
    boundedArg(
      'orderBy',
      `[${order}!]`,
      orderBound,
      'In this order, {bound}; the key breaks ties.',
    ),
    ...pageOnlyArgs,
  ];
}

const pageOnlyArgs: readonly ArgSpec[] = [
  boundedArg('first', 'Int', pageBound, 'So many from the start: {bound}, 0 for the counts alone.'),
  arg('after', 'String', 'Only what comes after this cursor.'),
  boundedArg('last', 'Int', lastBound, 'So many from the end, {bound}.'),
  arg('before', 'String', 'Only what comes before this cursor.'),
];

/** The numbers that every connection and group gives over all that it holds. */
export function aggregateFields(measure: string | undefined): FieldSpec[] {
  if (!measure) return [];
  const of = arg('of', `${measure}!`, 'What is measured.');
  const fn = arg('fn', 'AggregateFunction!', 'How the values become one.');
  return [
    field('number', 'Float', 'One number over all values; null where none is known.', [of, fn]),
    field('money', '[Money!]!', 'One amount for each currency; never added across.', [of, fn]),
    field('known', 'Int!', 'How many values the numbers rest on.', [of]),
    field('unknown', 'Int!', 'How many have no known value.', [of]),
  ];
}

export const connectionFields: readonly FieldSpec[] = [
  field('pageInfo', 'PageInfo!', 'Where this page lies.'),
  field('totalCount', 'Int!', 'How many there are in all.'),
  field('completeness', 'Completeness!', 'Whether a limit cut something off.'),
];

/** The types that do not depend on any noun. */
export function commonTypes(nouns: readonly Noun[]): TypeSpec[] {
  const scalar = (name: string, ops: readonly Operator[]) =>
    input(`${name}Filter`, `Compares a ${name}.`, operators(name, ops));
  return [
    {
      kind: 'enum',
      name: 'OrderDirection',
      description: 'Which way; the unknown stands last both ways.',
      values: { ASC: 'The smallest first.', DESC: 'The greatest first.' },
    },
    {
      kind: 'enum',
      name: 'DateGrain',
      description: 'How a date is grouped.',
      values: { YEAR: 'By year.', QUARTER: 'By quarter.', MONTH: 'By month.' },
    },
    {
      kind: 'enum',
      name: 'AggregateFunction',
      description: 'How many values become one. The unknown does not count.',
      values: {
        SUM: 'All added.',
        AVG: 'The mean.',
        MIN: 'The least.',
        MAX: 'The greatest.',
        MEDIAN: 'The middle one, interpolated.',
        P25: 'The 25th percentile, interpolated.',
        P75: 'The 75th percentile, interpolated.',
        STDEV: "The sample's standard deviation.",
        COUNT: 'How many are known.',
        COUNT_DISTINCT: 'How many different ones are known.',
      },
    },
    {
      kind: 'enum',
      name: 'EntityType',
      description: 'A noun of the graph.',
      values: Object.fromEntries(nouns.map((noun) => [constant(noun.name), noun.description])),
    },
    object('Money', 'An amount of money.', [
      field('amount', 'Float!', 'In full units of the currency.'),
      field('currency', 'CurrencyCode!', 'The ISO 4217 code.'),
      field('asPrinted', 'String', 'As the source prints it.'),
    ]),
    object('Period', 'A time from one date to another; an open end is null.', [
      field('start', 'PartialDate', 'The first day, month or year.'),
      field('end', 'PartialDate', 'The last day, month or year.'),
      field('label', 'String!', 'As analysts write it: 2024, 2024H1, 2024-01..2024-05.'),
    ]),
    object('PageInfo', 'Where a page lies.', [
      field('startCursor', 'String', 'The cursor of the first edge.'),
      field('endCursor', 'String', 'The cursor of the last edge.'),
      field('hasNextPage', 'Boolean!', 'Whether more follows.'),
      field('hasPreviousPage', 'Boolean!', 'Whether something comes before.'),
    ]),
    object('Completeness', 'Whether an answer is whole.', [
      field('returned', 'Int!', 'How many are in this answer.'),
      field('total', 'Int', 'How many there are; null where counting them was cut too.'),
      field('truncated', 'Boolean!', 'Whether a limit cut something off; a next page is no cut.'),
      field('reason', 'String', 'Which limit it was.'),
    ]),
    input(
      'IDFilter',
      'Compares a key or an id.',
      operators('ID', [...equality, 'startsWith', 'isNull']),
    ),
    scalar('String', [...equality, ...ranges, 'contains', 'startsWith', 'endsWith', 'isNull']),
    scalar('Int', [...equality, ...ranges, 'isNull']),
    scalar('Float', [...equality, ...ranges, 'isNull']),
    scalar('PartialDate', [...equality, ...ranges, 'isNull']),
    scalar('CurrencyCode', [...equality, 'isNull']),
    scalar('Boolean', ['eq', 'ne', 'isNull']),
    input(
      'StringListFilter',
      'Looks into a list of texts.',
      operators('String', [...lists, 'isNull']),
    ),
    input('MoneyFilter', 'Compares an amount of money.', [
      field('amount', 'FloatFilter', 'In full units of the currency.'),
      field('currency', 'CurrencyCodeFilter', 'The ISO 4217 code.'),
      field('isNull', 'Boolean', words.isNull),
    ]),
    input('PeriodFilter', 'Compares a period.', [
      field('label', 'StringFilter', 'Its label.'),
      field('start', 'PartialDateFilter', 'Its first day.'),
      field('end', 'PartialDateFilter', 'Its last day.'),
      field('overlaps', 'String', 'Shares a day with this period: 2024, 2024H1, 2024-01..2024-05.'),
      field('isNull', 'Boolean', words.isNull),
    ]),
    input('KeyOrder', 'Orders groups by one of their keys.', [
      field('index', 'Int!', 'Which item of `by`, from 0.'),
      field('direction', 'OrderDirection!', 'Which way.'),
    ]),
    input('GroupMeasureOrder', 'Orders groups by a measure.', [
      field('of', 'GroupMeasure!', 'What is measured.'),
      field('fn', 'AggregateFunction!', 'How the values become one.'),
      field('currency', 'CurrencyCode', 'Only amounts in this currency.'),
      field('direction', 'OrderDirection!', 'Which way.'),
    ]),
    input('GroupOrder', 'Orders groups; exactly one field.', [
      field('count', 'OrderDirection', 'By how many they hold.'),
      field('key', 'KeyOrder', 'By one of their keys.'),
      field('measure', 'GroupMeasureOrder', 'By a measure.'),
    ]),
    input('GroupMeasureHaving', 'Keeps groups by a measure.', [
      field('of', 'GroupMeasure!', 'What is measured.'),
      field('fn', 'AggregateFunction!', 'How the values become one.'),
      field('currency', 'CurrencyCode', 'Only amounts in this currency.'),
      ...operators('Float', ['eq', 'lt', 'lte', 'gt', 'gte']),
    ]),
    input('GroupHaving', 'Only groups of which this holds.', [
      field('count', 'IntFilter', 'How many they hold.'),
      field('measure', 'GroupMeasureHaving', 'A measure of them.'),
    ]),
    object('GroupKey', 'What the members of a group have in common.', [
      field('path', 'String!', 'The item of `by`, as a path such as company.sectors.key.'),
      field('value', 'String', 'The value; null for the unknown.'),
      field('node', 'Node', 'The node, where the path ends in a key.'),
    ]),
  ];
}

const pageOnly: readonly ArgSpec[] = [
  boundedArg(
    'first',
    'Int',
    groupsBound,
    'So many from the start: {bound}, 0 for the counts alone.',
  ),
  arg('after', 'String', 'Only what comes after this cursor.'),
];

export { input, object, pageOnly };
