import { client } from '../support/client';
import { reportRows, type Row } from '../support/rows';

const { ask, close } = client();
afterAll(close);

const rows = reportRows();
const companies = rows.get('Company') as Row[];
const models = rows.get('Model') as Row[];

const namesOf = (row: Row) => [row.name, row.nameZh, ...(row.aliases ?? [])].filter(Boolean);
const fold = (text: string) => text.normalize('NFKC').toLowerCase();
const han = /\p{Script=Han}/u;

/** How many letters have to be changed, added, left out or swapped. */
function slips(a: string, b: string): number {
  if (!a || !b) return Math.max(a.length, b.length);
  if (a[0] === b[0]) return slips(a.slice(1), b.slice(1));
  const swapped = a.length > 1 && a[0] === b[1] && a[1] === b[0];
  return (
    1 +
    Math.min(
      slips(a.slice(1), b),
      slips(a, b.slice(1)),
      slips(a.slice(1), b.slice(1)),
      swapped ? slips(a.slice(2), b.slice(2)) : Infinity,
    )
  );
}

/** Whether the names hold every word of a text: by plain loops, without an index. */
function holds(row: Row, text: string): boolean {
  const words = fold(text).match(/\p{Script=Han}+|[a-z0-9]+/gu) ?? [];
  const names = namesOf(row).map(fold);
  const tokens = names.flatMap((name) => name.match(/[a-z0-9]+/g) ?? []);
  return (
    words.length > 0 &&
    words.every((word) =>
      han.test(word)
        ? names.some((name) => name.includes(word))
        : tokens.some(
            (token) => token.startsWith(word) || (word.length > 3 && slips(token, word) === 1),
          ),
    )
  );
}

const keys = (of: Row[], which: (row: Row) => boolean) =>
  of
    .filter(which)
    .map((row) => row.key as string)
    .sort();

async function found(list: string, where: string, variables?: Row): Promise<string[]> {
  const head = variables ? 'query ($text: String) ' : '';
  const { data, errors } = await ask(
    `${head}{ ${list}(where: ${where}, first: 100) { totalCount nodes { key } } }`,
    variables,
  );
  expect(errors).toBeUndefined();
  const { nodes, totalCount } = data[list] as { nodes: Row[]; totalCount: number };
  expect(totalCount).toBe(nodes.length);
  return nodes.map((node) => node.key as string).sort();
}

const texts = [
  '智谱',
  '月之',
  '暗',
  'moon',
  'moonshoot',
  'open',
  'AI',
  'moonshot ai',
  'baidu',
  '云',
];

test.each(texts)(
  'companies whose names hold "%s" are those that a plain loop finds',
  async (text) => {
    const expected = keys(companies, (row) => holds(row, text));
    expect(await found('companies', '{ search: $text }', { text })).toEqual(expected);
  },
);

test('beside, below or, and below not it is as right as alone', async () => {
  const ai = (row: Row) => holds(row, 'ai');
  const cases: [where: string, is: (row: Row) => boolean][] = [
    ['{ search: "ai", kind: { eq: COMPANY } }', (row) => ai(row) && row.kind === 'COMPANY'],
    ['{ not: { search: "ai" } }', (row) => !ai(row)],
    [
      '{ or: [{ search: "ai" }, { key: { eq: "alibaba" } }] }',
      (row) => ai(row) || row.key === 'alibaba',
    ],
    ['{ or: [{ search: "ai" }, { search: "智谱" }] }', (row) => ai(row) || holds(row, '智谱')],
    ['{ and: [{ search: "ai" }, { search: "moon" }] }', (row) => ai(row) && holds(row, 'moon')],
    [
      '{ search: "ai", not: { or: [{ search: "moonshot" }, { not: { search: "ai" } }] } }',
      (row) => ai(row) && !holds(row, 'moonshot'),
    ],
    [
      '{ search: "ai", key: { in: ["moonshot-ai", "alibaba"] } }',
      (row) => row.key === 'moonshot-ai',
    ],
  ];
  for (const [where, is] of cases)
    expect({ where, keys: await found('companies', where) }).toEqual({
      where,
      keys: keys(companies, is),
    });
});

test('of what a relation leads to it speaks as well: some, all, none, count, one', async () => {
  const { data } = await ask(
    '{ companies(first: 100) { nodes { key models(first: 100) { nodes { key } } } } models(first: 100) { nodes { key developer { key } } } }',
  );
  const byKey = new Map(models.map((row) => [row.key as string, row]));
  const own = new Map<string, Row[]>(
    data.companies.nodes.map((node: Row) => [
      node.key,
      node.models.nodes.map((model: Row) => byKey.get(model.key)),
    ]),
  );
  const of = (row: Row) => own.get(row.key as string) as Row[];
  const gpt = (row: Row) => holds(row, 'gpt');
  const cases: [where: string, is: (row: Row) => boolean][] = [
    ['{ models: { some: { search: "gpt" } } }', (row) => of(row).some(gpt)],
    ['{ models: { none: { search: "gpt" } } }', (row) => !of(row).some(gpt)],
    ['{ models: { all: { search: "gpt" } } }', (row) => of(row).every(gpt)],
    [
      '{ models: { count: { where: { search: "gpt" }, gte: 2 } } }',
      (row) => of(row).filter(gpt).length >= 2,
    ],
    [
      '{ or: [{ models: { some: { search: "gpt" } } }, { search: "智谱" }] }',
      (row) => of(row).some(gpt) || holds(row, '智谱'),
    ],
  ];
  for (const [where, is] of cases)
    expect({ where, keys: await found('companies', where) }).toEqual({
      where,
      keys: keys(companies, is),
    });
  const developed = data.models.nodes.filter((node: Row) =>
    holds(companies.find((row) => row.key === node.developer?.key) ?? {}, 'openai'),
  ) as Row[];
  expect(await found('models', '{ developer: { search: "openai" } }')).toEqual(
    developed.map((node) => node.key as string).sort(),
  );
  expect(developed.length).toBeGreaterThan(0);
});

test('lists below a node, groups and orders take it', async () => {
  const { data, errors } = await ask(
    `{ company(key: "openai") { models(where: { search: "turbo" }) { totalCount nodes { key } } }
       ordered: companies(where: { search: "ai" }, orderBy: [{ foundedOn: DESC }, { name: ASC }], first: 3) { totalCount nodes { name } }
       modelGroups(by: [{ developer: { key: true } }], where: { search: "gpt" }) { nodes { count keys { value } } } }`,
  );
  expect(errors).toBeUndefined();
  expect(data.company.models.nodes.map((node: Row) => node.key).sort()).toEqual(
    keys(models, (row) => holds(row, 'turbo') && /^gpt/.test(row.key as string)),
  );
  expect(data.ordered.totalCount).toBe(keys(companies, (row) => holds(row, 'ai')).length);
  const total = data.modelGroups.nodes.reduce((sum: number, group: Row) => sum + group.count, 0);
  expect(total).toBe(keys(models, (row) => holds(row, 'gpt')).length);
});

test('interfaces and facts have it: an entity by its names, a fact by its label', async () => {
  const { data, errors } = await ask(
    '{ entities(where: { search: "智谱" }) { nodes { key } } facts(where: { search: "gpt-4" }, first: 100) { nodes { label } } }',
  );
  expect(errors).toBeUndefined();
  expect(data.entities.nodes.map((node: Row) => node.key)).toContain('zhipu-ai');
  expect(data.facts.nodes.length).toBeGreaterThan(0);
  for (const { label } of data.facts.nodes) expect(label).toMatch(/gpt-?4/i);
});

test('nothing to look for finds nothing, null filters nothing, and a variable may change', async () => {
  for (const text of ['', '!!!', '\ud800', 'x'.repeat(10_000), 'AND OR', 'name:(', '*'])
    expect(await found('companies', '{ search: $text }', { text })).toEqual([]);
  expect(await found('companies', '{ search: $text }', { text: null })).toHaveLength(42);
  expect(await found('companies', '{ not: { search: $text } }', { text: '' })).toHaveLength(42);
  const { errors } = await ask(
    'query ($text: String) { companies(where: { search: $text }) { totalCount } }',
    {
      text: Array.from({ length: 33 }, (_, index) => `w${index}`).join(' '),
    },
  );
  expect(errors?.[0]).toMatchObject({
    message: expect.stringContaining('"33"'),
    extensions: { code: 'BAD_USER_INPUT' },
  });
});
