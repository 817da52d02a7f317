import { fold } from '../../src/support/fold';
import { client } from '../support/client';

const { ask, graph, close } = client();

/** Texts that mean something somewhere: in Cypher, in JSON, in Lucene, in regular expressions, in JavaScript. */
const texts = [
  'MATCH',
  'n) DETACH DELETE n //',
  '`',
  '``',
  '\\u0060',
  "'",
  '"',
  '\\',
  "\\' OR true //",
  '$p.p0',
  '{key: "x"}',
  '/* */',
  '.*',
  '^a|b$',
  '[a-z]+',
  '(?i)x',
  'name:*',
  'a AND NOT b',
  'x~2^4',
  '"a b"~3',
  '\n\t\r',
  '\u0000',
  '%_',
  '__proto__',
  '${x}',
  '月之暗面',
  'Ａ',
  '😀',
];

const spoil = `CYPHER 5 UNWIND $p.rows AS r CREATE (:Company:Entity {key: r.key, name: r.name, nameFolded: r.folded,
  city: r.name, cityFolded: r.folded, aliases: [r.name], aliasesFolded: [r.folded], externalIds: ['x=' + r.name]})`;
const mend = "CYPHER 5 MATCH (n:Company) WHERE n.key STARTS WITH 'nasty-' DETACH DELETE n";
const keyOf = (index: number) => `nasty-${String(index).padStart(2, '0')}`;

beforeAll(() =>
  graph.write(async (run) => {
    await run(mend);
    const rows = texts.map((name, index) => ({ key: keyOf(index), name, folded: fold(name) }));
    await run(spoil, { rows });
  }),
);
afterAll(async () => {
  await graph.write((run) => run(mend));
  await close();
});

const plain = (text: string) => text.normalize('NFKC').toLowerCase();

/** By code points, as the contract has it. */
function compare(a: string, b: string): number {
  const [x, y] = [a, b].map((text) => [...text].map((letter) => letter.codePointAt(0) as number));
  for (let i = 0; i < Math.max(x?.length ?? 0, y?.length ?? 0); i++) {
    const difference = (x?.[i] ?? -1) - (y?.[i] ?? -1);
    if (difference) return difference;
  }
  return 0;
}

/** Every operator on a text, in words and as a plain loop does it. */
const operators: readonly (readonly [
  filter: string,
  holds: (has: string, value: string) => boolean,
])[] = [
  ['name: { eq: $v }', (a, v) => a === v],
  ['name: { ne: $v }', (a, v) => a !== v],
  ['name: { in: [$v, "?"] }', (a, v) => a === v],
  ['name: { notIn: [$v, "?"] }', (a, v) => a !== v],
  ['name: { lt: $v }', (a, v) => compare(a, v) < 0],
  ['name: { lte: $v }', (a, v) => compare(a, v) <= 0],
  ['name: { gt: $v }', (a, v) => compare(a, v) > 0],
  ['name: { gte: $v }', (a, v) => compare(a, v) >= 0],
  ['name: { contains: $v }', (a, v) => a.includes(v)],
  ['name: { startsWith: $v }', (a, v) => a.startsWith(v)],
  ['name: { endsWith: $v }', (a, v) => a.endsWith(v)],
  ['not: { city: { contains: $v } }', (a, v) => !a.includes(v)],
  ['aliases: { has: $v }', (a, v) => a === v],
  ['aliases: { hasAny: [$v, "?"] }', (a, v) => a === v],
  ['aliases: { hasAll: [$v] }', (a, v) => a === v],
];

const query = `query ($v: String!, $id: ID!) {
  ${operators.map(([filter], index) => `o${index}: companies(first: 100, where: { key: { startsWith: "nasty-" }, ${filter} }) { nodes { key name } }`).join('\n')}
  pairs: companies(where: { externalIds: { has: { scheme: "x", value: $v } } }) { nodes { key } }
  byKey: companies(where: { key: { eq: $id } }) { totalCount }
  company(key: $id) { key }
  groups: companyGroups(by: [{ sectors: { key: true, scheme: $v } }], where: { name: { eq: $v } }) { nodes { count } }
}`;

test.each(texts.map((text, index) => [JSON.stringify(text), text, index] as const))(
  '%s is only a value, whatever compares it',
  async (_, value, index) => {
    const { data, errors } = await ask(query, { v: value, id: value });
    expect(errors).toBeUndefined();
    operators.forEach(([filter, holds], at) => {
      const keys = texts.flatMap((text, own) =>
        holds(plain(text), plain(value)) ? [keyOf(own)] : [],
      );
      expect({
        filter,
        keys: data[`o${at}`].nodes.map((node: { key: string }) => node.key),
      }).toEqual({ filter, keys });
      for (const { key, name } of data[`o${at}`].nodes as { key: string; name: string }[])
        expect(name).toBe(texts[Number(key.slice(-2))]);
    });
    expect(data.pairs.nodes).toEqual([{ key: keyOf(index) }]);
    expect(data.byKey.totalCount).toBe(0);
    expect(data.company).toBeNull();
    // Those that fold alike are one: a wide letter and its narrow form.
    expect(data.groups.nodes).toEqual([{ count: 1 }]);
  },
);

test.each(texts.map((text) => [JSON.stringify(text), text] as const))(
  '%s is only a text to search for',
  async (_, text) => {
    const { errors } = await ask(
      'query ($t: String!) { search(text: $t) { nodes { __typename } } suggest(text: $t) { __typename } companies(where: { search: $t }) { totalCount } }',
      { t: text },
    );
    expect(errors).toBeUndefined();
  },
);

test('nothing of it did anything', async () => {
  const { data } = await ask('{ companies { totalCount } }');
  expect(data.companies.totalCount).toBe(42 + texts.length);
});
