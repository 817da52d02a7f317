import type { Question } from './question';

/** Questions that were once answered wrongly, each cut down to what was wrong: asked in every run. */
export const kept: readonly Question[] = [
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
  // -0 is 0.
  { noun: 'Observation', where: { value: { lt: 0 } }, first: 99 },
  { noun: 'Observation', where: { value: { in: [-0] } }, first: 99 },
];
