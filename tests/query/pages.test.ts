import fc from 'fast-check';
import { firstDay } from '../../src/support/partial-date';
import { client } from '../support/client';
import { reportRows, type Row } from '../support/rows';

const { ask, close } = client();
afterAll(close);

const numRuns = Number(process.env.YUNTU_TRIALS ?? 60);
const rows = reportRows();
const fold = (text: unknown) =>
  text == null ? null : (text as string).normalize('NFKC').toLowerCase();
const day = (text: unknown) => (text == null ? null : firstDay(text as string));

/** A list of the schema, the orders it can be put in, and how a plain loop reads what it is ordered by. */
const lists: Record<string, { rows: Row[]; orders: Record<string, (row: Row) => unknown> }> = {
  observations: {
    rows: rows.get('Observation') as Row[],
    orders: {
      'value: X': (row) => row.value ?? null,
      'unit: X': (row) => row.unit ?? null,
      'item: X': (row) => fold(row.item),
      'label: X': (row) => fold(row.label),
      'forecast: X': (row) => row.forecast ?? null,
      'indicator: { name: X }': (row) =>
        fold((rows.get('Indicator') as Row[]).find((each) => each.key === row.indicator)?.name),
      'parts: { count: X }': (row) =>
        (rows.get('Observation') as Row[]).filter((each) => each.partOf === row.key).length,
    },
  },
  listings: {
    rows: rows.get('Listing') as Row[],
    orders: {
      'listedOn: X': (row) => day(row.listedOn),
      'ticker: X': (row) => fold(row.ticker),
      'exchange: { key: X }': (row) => row.exchange ?? null,
    },
  },
  priceQuotes: {
    rows: rows.get('PriceQuote') as Row[],
    orders: {
      'amount: X': (row) => row.amount ?? null,
      'free: X': (row) => row.free ?? null,
      'component: X': (row) => row.component,
      'model: { name: X }': (row) =>
        fold((rows.get('Model') as Row[]).find((each) => each.key === row.model)?.name),
    },
  },
};

interface Case {
  readonly list: string;
  readonly keys: readonly (readonly [order: string, direction: string])[];
  readonly size: number;
}

const cases: fc.Arbitrary<Case> = fc.constantFrom(...Object.keys(lists)).chain((list) =>
  fc.record({
    list: fc.constant(list),
    keys: fc.array(
      fc.tuple(
        fc.constantFrom(...Object.keys(lists[list]?.orders ?? {})),
        fc.constantFrom('ASC', 'DESC'),
      ),
      { maxLength: 3 },
    ),
    size: fc.integer({ min: 7, max: 60 }),
  }),
);

/** One sorted list: the unknown last both ways, the key breaking ties. */
function sorted({ list, keys }: Case): string[] {
  const { rows: all = [], orders = {} } = lists[list] ?? {};
  return [...all]
    .sort((a, b) => {
      for (const [order, direction] of keys) {
        const [x, y] = [orders[order]?.(a) as string | null, orders[order]?.(b) as string | null];
        if (x === y) continue;
        if (x === null) return 1;
        if (y === null) return -1;
        return (x < y ? -1 : 1) * (direction === 'ASC' ? 1 : -1);
      }
      return a.key < b.key ? -1 : 1;
    })
    .map((row) => row.key as string);
}

async function walk({ list, keys, size }: Case, backward: boolean): Promise<string[]> {
  const orderBy = `[${keys.map(([order, direction]) => `{ ${order.replace('X', direction)} }`).join()}]`;
  const found: string[] = [];
  for (let cursor: string | null = null; ;) {
    const part = backward ? `last: ${size}, before: $c` : `first: ${size}, after: $c`;
    const { data, errors }: Awaited<ReturnType<typeof ask>> = await ask(
      `query ($c: String) { ${list}(orderBy: ${orderBy}, ${part}) { nodes { key } pageInfo { startCursor endCursor hasNextPage hasPreviousPage } } }`,
      { c: cursor },
    );
    expect(errors).toBeUndefined();
    const { nodes, pageInfo } = data[list] as { nodes: Row[]; pageInfo: Row };
    const page = nodes.map((node) => node.key as string);
    if (backward) found.unshift(...page);
    else found.push(...page);
    if (!(backward ? pageInfo.hasPreviousPage : pageInfo.hasNextPage)) return found;
    cursor = (backward ? pageInfo.startCursor : pageInfo.endCursor) as string;
  }
}

test(
  'pages in any order, walked both ways, are one sorted list: no gap, no repeat',
  () =>
    fc.assert(
      fc.asyncProperty(cases, async (one) => {
        const wanted = sorted(one);
        expect(await walk(one, false)).toEqual(wanted);
        expect(await walk(one, true)).toEqual(wanted);
      }),
      { numRuns },
    ),
  20_000 + numRuns * 2000,
);

test('a page of a relation goes on where it ended', async () => {
  const { data } = await ask(
    '{ company(key: "alibaba") { models(first: 3, orderBy: [{ name: DESC }]) { nodes { key } pageInfo { endCursor } } } }',
  );
  const { nodes, pageInfo } = data.company.models;
  const rest = await ask(
    'query ($c: String) { company(key: "alibaba") { models(first: 100, after: $c, orderBy: [{ name: DESC }]) { nodes { key } pageInfo { hasNextPage hasPreviousPage } } } }',
    { c: pageInfo.endCursor },
  );
  const keys = [...nodes, ...rest.data.company.models.nodes].map((node: Row) => node.key);
  expect(keys).toHaveLength(8);
  expect(new Set(keys).size).toBe(8);
  expect(rest.data.company.models.pageInfo).toEqual({ hasNextPage: false, hasPreviousPage: true });
});

test('the counts alone need no page', async () => {
  const { data } = await ask(
    '{ models(first: 0) { totalCount nodes { key } pageInfo { hasNextPage } completeness { returned total truncated reason } } }',
  );
  expect(data.models).toEqual({
    totalCount: 62,
    nodes: [],
    pageInfo: { hasNextPage: true },
    completeness: { returned: 0, total: 62, truncated: false, reason: null },
  });
});
