import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { client } from '../support/client';

const { ask, close } = client();
afterAll(close);

/** How cursors are signed is no secret: anyone can sign what he likes. */
function forge(sign: string, body: string): string {
  const digest = createHash('sha256')
    .update(sign + body)
    .digest('base64url')
    .slice(0, 8);
  return Buffer.from(`${sign}${digest}${body}`).toString('base64url');
}

const lists = {
  name: 'companies(first: 2, after: $c, orderBy: [{ name: ASC }])',
  founded: 'companies(first: 2, after: $c, orderBy: [{ foundedOn: DESC }])',
  count: 'companies(first: 2, after: $c, orderBy: [{ models: { count: DESC } }])',
  backward: 'companies(last: 2, before: $c, orderBy: [{ name: ASC }])',
  groups: 'companyGroups(first: 2, after: $c, by: [{ kind: true }], orderBy: [{ count: DESC }])',
} as const;

const query = (list: string) => `query ($c: String) { ${list} { edges { cursor } } }`;

/** The signature of a list's order, from a cursor that was given out. */
async function signOf(list: string): Promise<string> {
  const { data } = await ask(query(list).replace('$c: String', '$c: String = null'));
  const [[edge]] = Object.values(data).map(
    (each) => (each as { edges: { cursor: string }[] }).edges,
  ) as [{ cursor: string }[]];
  return Buffer.from(edge?.cursor as string, 'base64url')
    .toString()
    .slice(0, 8);
}

const refused = [{ extensions: { code: 'BAD_USER_INPUT' } }];

const bodies: readonly (readonly [what: string, body: string])[] = [
  ['nothing', ''],
  ['no JSON', '[1'],
  ['null', 'null'],
  ['a number', '5'],
  ['an object', '{"length":2}'],
  ['too few values', '["a"]'],
  ['too many values', '["a","b","c","d","e"]'],
  ['an object among the values', '[{"a":1},"b"]'],
  ['a list among the values', '[["a"],"b"]'],
  ['an endless number', '[1e999,"b"]'],
  ['NaN', '[NaN,"b"]'],
  ['an unknown key', '["a",null]'],
  ['a key that is no text', '["a",7]'],
  ['a million letters', `["${'a'.repeat(1_000_000)}","b"]`],
];

describe.each(Object.entries(lists))('a cursor forged for %s', (_, list) => {
  let sign = '';
  beforeAll(async () => (sign = await signOf(list)));

  test.each(bodies)(
    'that holds %s is refused, and nothing is asked of the database',
    async (_what, body) => {
      const { errors, statements } = await ask(query(list), { c: forge(sign, body) });
      expect(errors).toMatchObject(refused);
      expect(errors?.[0]?.message).toMatch(/^(companies|companyGroups)\.(after|before): /);
      expect(statements).toBe(0);
    },
  );

  test('that holds any JSON is refused or an answer, never a fault of ours', () =>
    fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        const { errors } = await ask(query(list), { c: forge(sign, JSON.stringify(value)) });
        if (errors) expect(errors).toMatchObject(refused);
      }),
      { numRuns: 40 },
    ));
});

test.each([
  ['name', '[5,"b"]'],
  ['name', '[true,"b"]'],
  ['founded', '[2020,"b"]'],
  ['count', '["many","b"]'],
  ['count', '[null,"b"]'],
] as const)(
  'a value of another kind than the order by %s has is refused: %s',
  async (name, body) => {
    const list = lists[name];
    const { errors, statements } = await ask(query(list), { c: forge(await signOf(list), body) });
    expect(errors).toMatchObject(refused);
    expect(statements).toBe(0);
  },
);
