import type { GroupQuestion } from './groups';
import type { Question } from './question';

/** Questions that were once answered wrongly, each cut down to what was wrong: asked in every run. */
export const kept: readonly (Question | GroupQuestion)[] = [
  // An order by a measure, after one that an index gives.
  {
    noun: 'Person',
    orderBy: [
      { nameZh: 'DESC' },
      {
        observations: { measure: { of: 'HIGH', fn: 'MIN', currency: 'USD', direction: 'ASC' } },
      },
    ],
    first: 36,
  },
  // The same below a parent, and through a neighbour.
  {
    noun: 'Statement',
    first: 20,
    nested: {
      relation: 'observations',
      orderBy: [{ parts: { measure: { of: 'LOW', fn: 'MEDIAN', direction: 'ASC' } } }],
      first: 3,
    },
  },
  {
    noun: 'PriceQuote',
    first: 20,
    nested: {
      relation: 'usedIn',
      orderBy: [
        { observations: { measure: { of: 'HIGH', fn: 'COUNT_DISTINCT', direction: 'ASC' } } },
      ],
      last: 2,
    },
  },
  // 😀 comes after ～, whether an index compares them or not.
  { noun: 'Product', orderBy: [{ developer: { city: 'DESC' } }], first: 2, pages: 50 },
  { noun: 'Company', where: { name: { gt: '～' } }, orderBy: [{ city: 'ASC' }], last: 50 },
  // Backward over the border between the unknown and the known.
  {
    noun: 'PriceQuote',
    orderBy: [{ perUnit: 'DESC' }, { usedIn: { count: 'ASC' } }],
    last: 33,
    pages: 10,
  },
  // Keys that several nouns share: each node once.
  { noun: 'Entity', where: { key: { startsWith: 'shared-' } }, first: 7, pages: 60 },
  {
    noun: 'Fact',
    where: { key: { startsWith: 'shared-' } },
    orderBy: [{ certainty: 'DESC' }],
    last: 7,
    pages: 60,
  },
  // A key that names its noun.
  { noun: 'Fact', where: { not: { key: { eq: 'Company:shared-10' } } }, first: 1 },
  { noun: 'Entity', where: { key: { in: ['Company:shared-10', 'Model:shared-5'] } }, first: 9 },
  { noun: 'Entity', where: { key: { notIn: ['Company:shared-10'] } }, first: 1 },
  // A period's end is compared as its first day, as any date.
  { noun: 'Observation', where: { period: { end: { eq: '2024' } } }, first: 9 },
  { noun: 'Observation', where: { period: { end: { lte: '2024-05' } } }, first: 9 },
  // The beginning of a key may name the noun.
  { noun: 'Entity', where: { key: { startsWith: 'Company:shared-1' } }, first: 99 },
  // What is left out is no gap, and a gap is left out as any other group.
  {
    noun: 'FundingRound',
    by: [{ type: true }, { announcedOn: 'MONTH' }],
    having: { count: { gte: 3 } },
    fill: true,
    first: 1000,
  },
  {
    noun: 'Listing',
    by: [{ listedOn: 'QUARTER' }],
    having: { count: { in: [0, 2, 3] } },
    fill: true,
    first: 1000,
  },
  // Of none, so many are known: 0.
  {
    noun: 'FundingRound',
    by: [{ announcedOn: 'MONTH' }],
    orderBy: [{ measure: { of: 'RAISED', fn: 'COUNT', direction: 'ASC' } }],
    measures: [{ of: 'RAISED', fn: 'COUNT' }],
    change: true,
    fill: true,
    first: 1000,
  },
  // Too many groups are told, though they have no gaps.
  {
    noun: 'Fact',
    by: [{ key: true }, { observations: { period: 'YEAR' } }],
    where: { observations: { none: {} } },
    fill: true,
    first: 1,
  },
  // -0 is 0.
  { noun: 'Observation', where: { value: { lt: 0 } }, first: 99 },
  { noun: 'Observation', where: { value: { in: [-0] } }, first: 99 },
  // Nothing is found, by one of several ways in.
  {
    noun: 'Entity',
    by: [{ type: true }],
    where: {
      observations: { some: { population: { endsWith: 'k' } } },
      citations: { some: { key: { startsWith: '3' }, via: { some: { nameZh: { lte: 'z' } } } } },
    },
    having: { count: { gte: 1 } },
    first: 1,
    measures: [],
  },
];
