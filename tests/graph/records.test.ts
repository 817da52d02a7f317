import fc from 'fast-check';
import neo4j, { isInt, type Driver } from 'neo4j-driver';
import { Graph } from '../../src/graph/graph';

const uri = process.env.YUNTU_TEST_NEO4J_URI as string;
let graph: Graph;
/** Reads integers as objects, and so by the driver's own means. */
let plain: Driver;

beforeAll(() => {
  graph = new Graph({ uri });
  plain = neo4j.driver(uri);
});
afterAll(async () => {
  await graph.close();
  await plain.close();
});

/** The same value with integers as numbers. */
function asNumbers(value: unknown): unknown {
  if (isInt(value)) return value.toNumberOrInfinity();
  if (Array.isArray(value)) return value.map(asNumbers);
  if (value && Object.getPrototypeOf(value) === Object.prototype)
    return Object.fromEntries(Object.entries(value).map(([name, own]) => [name, asNumbers(own)]));
  return value;
}

async function both(text: string, p: object = {}): Promise<[unknown, unknown]> {
  const session = plain.session();
  try {
    const { rows } = await graph.read(text, p);
    const { records } = await session.run(text, { p });
    return [rows, records.map((record) => asNumbers(record.get(0)))];
  } finally {
    await session.close();
  }
}

const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    fc.constant(null),
    fc.boolean(),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((whole) => neo4j.int(whole)),
    fc.integer({ min: -200, max: 300 }).map((whole) => neo4j.int(whole)),
    fc.integer({ min: -(2 ** 20), max: 2 ** 20 }).map((whole) => neo4j.int(whole)),
    fc.double(),
    fc.string({ unit: 'grapheme', maxLength: 300 }),
    fc.array(tie('value'), { maxLength: 40 }),
    fc.dictionary(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }), tie('value'), {
      maxKeys: 20,
      noNullPrototype: true,
    }),
  ),
})).value;

test('records are read as the driver reads them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(value, { maxLength: 12 }), async (values) => {
      const [ours, its] = await both('UNWIND $p.values AS v RETURN v', { values });
      expect(ours).toEqual(its);
    }),
    { numRuns: Number(process.env.YUNTU_TRIALS ?? 60) },
  );
});

test('so are long ones that come in many pieces, and the edges of every size', async () => {
  const sizes = [0, 15, 16, 255, 256, 65_535, 65_536];
  const edges = [7, 8, 15, 16, 31, 32, 53, 63].flatMap((bits) => [
    neo4j.int(2n ** BigInt(bits) - 1n),
    neo4j.int(-(2n ** BigInt(bits))),
    neo4j.int(-(2n ** BigInt(bits)) - (bits < 63 ? 1n : 0n)),
  ]);
  const values = [
    ...edges,
    ...sizes.map((size) => '月'.repeat(size)),
    ...sizes.map((size) => Array.from({ length: size }, (_, at) => neo4j.int(at))),
    Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`key ${at}`, at])),
  ];
  const [ours, its] = await both('RETURN $p.values AS v', { values });
  expect(ours).toEqual(its);
});

test('what is no plain value is read by the driver: nodes, dates, points, bytes', async () => {
  const [ours, its] = await both(
    'MATCH (n:Company) WITH n ORDER BY n.key LIMIT 1 ' +
      'RETURN [n, date("2024-07-22"), point({ x: 1.0, y: 2.0 }), duration("P1D"), $p.bytes, "after"] AS v',
    { bytes: Int8Array.from([1, -2, 3]) },
  );
  const told = (value: unknown) => JSON.stringify(value, (_, own: unknown) => asNumbers(own));
  expect(told(ours)).toBe(told(its));
  expect(told(ours)).toContain('"after"');
});

test('a record of plain values never reaches the driver', async () => {
  const { Unpacker } = jest.requireActual<{
    Unpacker: { prototype: { _unpackList: () => unknown } };
  }>('neo4j-driver-bolt-connection/lib/packstream/packstream-v1');
  const reads = jest.spyOn(Unpacker.prototype, '_unpackList');
  const lists = async (text: string): Promise<number> => {
    const before = reads.mock.calls.length;
    await graph.read(text);
    return reads.mock.calls.length - before;
  };
  // What a statement says beside its records has lists too.
  const beside = await lists('RETURN null AS v');
  expect(await lists('RETURN [1, "two", [3.5, null, { four: [true] }]] AS v')).toBe(beside);
  expect(await lists('RETURN [1, "two", [3.5, null, { four: [date()] }]] AS v')).toBeGreaterThan(
    beside,
  );
  reads.mockRestore();
});
