import fc from 'fast-check';
import { client } from '../support/client';
import { reportRows, type Row } from '../support/rows';

const { ask, close } = client();
afterAll(close);

/** How often each property is tried; YUNTU_TRIALS asks for more. */
const numRuns = Number(process.env.YUNTU_TRIALS ?? 150);

const rows = reportRows();
const observations = rows.get('Observation') as Row[];
const indicators = new Map((rows.get('Indicator') as Row[]).map((row) => [row.key, row]));
const fold = (text: string) => text.normalize('NFKC').toLowerCase();

/** A filter as GraphQL writes it, and what it means, said in plain terms. */
interface Said {
  readonly text: string;
  readonly holds: (row: Row) => boolean;
}

type Ops = Record<string, (value: never, given: never) => boolean>;
const ranges: Ops = {
  eq: (a, b) => a === b,
  lt: (a, b) => a < b,
  lte: (a, b) => a <= b,
  gt: (a, b) => a > b,
  gte: (a, b) => a >= b,
};

/** One operator of a field: a comparison with the unknown is false, `ne` and `notIn` hold for it. */
function comparison(
  field: string,
  read: (row: Row) => unknown,
  values: readonly unknown[],
  literal: (value: unknown) => string,
  ops: Ops,
): fc.Arbitrary<Said> {
  const value = fc.constantFrom(...values);
  const list = fc.uniqueArray(value, { maxLength: 3 });
  const say = (op: string, given: string, holds: Said['holds']): Said => ({
    text: `${field}: { ${op}: ${given} }`,
    holds,
  });
  return fc.oneof(
    ...Object.entries(ops).map(([op, holds]) =>
      value.map((given) =>
        say(
          op,
          literal(given),
          (row) => read(row) != null && holds(read(row) as never, given as never),
        ),
      ),
    ),
    value.map((given) => say('ne', literal(given), (row) => read(row) !== given)),
    list.map((given) =>
      say('in', `[${given.map(literal).join()}]`, (row) => given.includes(read(row))),
    ),
    list.map((given) =>
      say('notIn', `[${given.map(literal).join()}]`, (row) => !given.includes(read(row))),
    ),
    fc
      .boolean()
      .map((given) => say('isNull', String(given), (row) => (read(row) == null) === given)),
  );
}

const some = (field: string) => [
  ...new Set(observations.map((row) => row[field]).filter((value) => value != null)),
];
const text = JSON.stringify as (value: unknown) => string;
const texts: Ops = {
  ...ranges,
  contains: (a: string, b: string) => a.includes(b),
  startsWith: (a: string, b: string) => a.startsWith(b),
  endsWith: (a: string, b: string) => a.endsWith(b),
};
const onlyEqual: Ops = { eq: (a, b) => a === b };
const items = some('item').map((item) => fold(item as string));
const pieces = [...items, ...items.map((item) => item.slice(1, 4)), 'e', '中'];

const leaf: fc.Arbitrary<Said> = fc.oneof(
  comparison('value', (row) => row.value, [...some('value'), 0, 1e12], String, ranges),
  comparison('unit', (row) => row.unit, ['COUNT', 'PERCENT', 'MONEY', 'RATIO'], String, onlyEqual),
  comparison(
    'certainty',
    (row) => row.certainty,
    ['STATED', 'MISSING', 'INFERRED'],
    String,
    onlyEqual,
  ),
  comparison('currency', (row) => row.currency, ['CNY', 'USD'], text, onlyEqual),
  comparison('item', (row) => row.item && fold(row.item as string), pieces, text, texts),
  comparison(
    'key',
    (row) => row.key,
    observations.slice(0, 40).map((row) => row.key),
    text,
    onlyEqual,
  ),
);

/** Filters through a to-one and a to-many relation. */
const related: fc.Arbitrary<Said> = fc.oneof(
  comparison('unit', (row) => row.unit, ['COUNT', 'PERCENT', 'MONEY'], String, onlyEqual).map(
    ({ text: inner, holds }) => ({
      text: `indicator: { ${inner} }`,
      holds: (row: Row) => row.indicator != null && holds(indicators.get(row.indicator) as Row),
    }),
  ),
  fc.constantFrom('cn', 'world', 'us', 'nowhere').map((key) => ({
    text: `place: { key: { eq: "${key}" } }`,
    holds: (row: Row) => row.place === key,
  })),
  fc.tuple(fc.constantFrom('some', 'none', 'all'), leaf).map(([word, { text: inner, holds }]) => ({
    text: `parts: { ${word}: { ${inner} } }`,
    holds: (row: Row) => {
      const parts = observations.filter((each) => each.partOf === row.key);
      return word === 'some'
        ? parts.some(holds)
        : word === 'all'
          ? parts.every(holds)
          : !parts.some(holds);
    },
  })),
  fc
    .tuple(
      fc.constantFrom('eq', 'gte', 'lt', 'ne'),
      fc.integer({ min: 0, max: 7 }),
      fc.option(leaf),
    )
    .map(([op, n, inner]) => ({
      text: `parts: { count: { ${op}: ${n}${inner ? `, where: { ${inner.text} }` : ''} } }`,
      holds: (row: Row) => {
        const count = observations.filter(
          (each) => each.partOf === row.key && (!inner || inner.holds(each)),
        ).length;
        return { eq: count === n, gte: count >= n, lt: count < n, ne: count !== n }[op];
      },
    })),
);

const { filter } = fc.letrec<{ filter: Said }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    leaf,
    related,
    fc.array(tie('filter'), { maxLength: 3 }).map((parts) => ({
      text: `and: [${parts.map((part) => `{ ${part.text} }`).join()}]`,
      holds: (row: Row) => parts.every((part) => part.holds(row)),
    })),
    fc.array(tie('filter'), { maxLength: 3 }).map((parts) => ({
      text: `or: [${parts.map((part) => `{ ${part.text} }`).join()}]`,
      holds: (row: Row) => parts.some((part) => part.holds(row)),
    })),
    tie('filter').map((part) => ({
      text: `not: { ${part.text} }`,
      holds: (row: Row) => !part.holds(row),
    })),
  ),
}));

test(
  'any filter finds what a plain loop over the files finds',
  () =>
    fc.assert(
      fc.asyncProperty(filter, async ({ text: where, holds }) => {
        const { data, errors } = await ask(
          `{ observations(where: { ${where} }, first: 100) { totalCount nodes { key } } known: observations(where: { ${where} }) { known(of: VALUE) number(of: VALUE, fn: COUNT) } }`,
        );
        expect(errors).toBeUndefined();
        const wanted = observations.filter(holds);
        expect(data.observations.totalCount).toBe(wanted.length);
        expect(data.observations.nodes.map((node: Row) => node.key)).toEqual(
          wanted
            .map((row) => row.key)
            .sort()
            .slice(0, 100),
        );
        const known = wanted.filter((row) => row.value != null).length;
        expect(data.known).toEqual({ known, number: known });
      }),
      { numRuns },
    ),
  20_000 + numRuns * 400,
);

test('a filter through a relation starts at its far end and finds the same', async () => {
  const companies = (rows.get('Company') as Row[]).filter((row) =>
    row.models?.some((link: Row) => link.to === 'gpt-4' || link.to === 'qwen-max'),
  );
  const { data } = await ask(
    '{ companies(where: { models: { some: { key: { in: ["gpt-4", "qwen-max"] }, edge: { primary: { eq: true } } } } }) { nodes { key } } either: companies(where: { or: [{ models: { some: { key: { eq: "gpt-4" } } } }, { models: { some: { name: { eq: "QWEN-MAX" } } } }] }) { nodes { key } } }',
  );
  const keys = companies.map((row) => row.key).sort();
  expect(data.companies.nodes.map((node: Row) => node.key)).toEqual(keys);
  expect(data.either.nodes.map((node: Row) => node.key)).toEqual(keys);
});

test('a filter part that is null or absent filters nothing', async () => {
  const query = 'query ($where: ObservationFilter) { observations(where: $where) { totalCount } }';
  for (const where of [
    null,
    {},
    { value: null },
    { and: [{}, { value: null }] },
    { indicator: null, parts: { some: null } },
  ])
    expect((await ask(query, { where })).data.observations.totalCount).toBe(observations.length);
});

test('an empty answer tells which key exists nowhere, and which are near', async () => {
  const { data, extensions } = await ask(
    '{ companies(where: { country: { key: { eq: "cnn" } } }) { totalCount nodes { key } } }',
  );
  expect(data.companies.totalCount).toBe(0);
  expect(extensions?.notes).toEqual([
    expect.objectContaining({
      path: 'companies.where.country.key.eq',
      didYouMean: expect.arrayContaining(['cn']),
    }),
  ]);
});

/** What is easily got wrong, each with what it means: written out, so that it can be read. */
const logic: readonly (readonly [where: string, holds: (row: Row) => boolean])[] = [
  ['value: { gt: 0 }', (row) => row.value > 0],
  ['not: { value: { gt: 0 } }', (row) => !(row.value > 0)],
  ['not: { not: { value: { gt: 0 } } }', (row) => row.value > 0],
  ['not: { or: [{ value: { gt: 0 } }, { currency: { eq: "USD" } }] }', (row) => !(row.value > 0 || row.currency === 'USD')],
  ['not: { and: [{ value: { gt: 0 } }, { not: { currency: { eq: "USD" } } }] }', (row) => !(row.value > 0 && row.currency !== 'USD')],
  ['value: { ne: 0 }', (row) => row.value !== 0],
  ['not: { value: { ne: 0 } }', (row) => row.value === 0],
  ['value: { notIn: [0, 1] }', (row) => ![0, 1].includes(row.value as number)],
  ['value: { in: [] }', () => false],
  ['not: { value: { in: [] } }', () => true],
  ['value: { notIn: [] }', () => true],
  ['and: []', () => true],
  ['or: []', () => false],
  ['not: { or: [] }', () => true],
  ['not: { and: [] }', () => false],
  ['or: [{}, { value: { gt: 0 } }]', () => true],
  ['not: {}', () => false],
  ['not: null, and: null, or: null, value: null, parts: null, place: null', () => true],
  ['parts: { all: { value: { gt: 5 } } }', (row) => partsOf(row).every((part) => part.value > 5)],
  ['parts: { none: { value: { gt: 5 } } }', (row) => !partsOf(row).some((part) => part.value > 5)],
  ['parts: { some: {} }', (row) => partsOf(row).length > 0],
  ['parts: { none: {} }', (row) => partsOf(row).length === 0],
  ['parts: { all: { or: [] } }', (row) => partsOf(row).length === 0],
  ['not: { parts: { all: { value: { gt: 5 } } } }', (row) => !partsOf(row).every((part) => part.value > 5)],
  ['parts: { some: { value: { gt: 5 } }, count: { lte: 3 } }', (row) => partsOf(row).some((part) => part.value > 5) && partsOf(row).length <= 3],
  ['place: {}', (row) => row.place != null],
  ['not: { place: {} }', (row) => row.place == null],
  ['not: { place: { key: { eq: "cn" } } }', (row) => row.place !== 'cn'],
  ['label: { contains: "ＡＩ" }', (row) => fold(row.label as string).includes('ai')],
  ['label: { gt: "Ｃ", lt: "d" }', (row) => fold(row.label as string) > 'c' && fold(row.label as string) < 'd'],
]; // prettier-ignore

const partsOf = (row: Row) => observations.filter((each) => each.partOf === row.key);

test.each(logic)('logic is two-valued: %s', async (where, holds) => {
  const { data, errors } = await ask(
    `{ these: observations(where: { ${where} }, first: 0) { totalCount } others: observations(where: { not: { ${where} } }, first: 0) { totalCount } }`,
  );
  expect(errors).toBeUndefined();
  const these = observations.filter(holds).length;
  expect(data.these.totalCount).toBe(these);
  expect(data.others.totalCount).toBe(observations.length - these);
});

test('a taxonomy value is noted where it exists nowhere, however it is written', async () => {
  const asked = async (scheme: string) =>
    (
      await ask(
        'query ($s: String) { sectors(where: { scheme: { eq: $s }, position: { lt: 0 } }) { totalCount } }',
        { s: scheme },
      )
    ).extensions?.notes;
  expect(await asked('CLOUD-100-2024')).toBeUndefined();
  expect(await asked('Cloud-100')).toEqual([
    {
      path: 'sectors.where.scheme.eq',
      message: 'No Sector has the scheme "Cloud-100".',
      didYouMean: ['cloud-100-2024'],
    },
  ]);
});
