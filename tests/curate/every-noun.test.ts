import type { PropertyDef } from '../../src/blueprint';
import { settable } from '../../src/derive/change-parts';
import { changesOf } from '../../src/derive/changes';
import { small } from '../../src/derive/names';
import { blueprint } from '../../src/entities/blueprint';
import { curating, type Curating } from '../support/curator';
import { restoreReport } from '../support/restored-report';

let server: Curating;
beforeAll(async () => {
  server = await curating();
});
afterAll(async () => {
  await server.close();
  await restoreReport();
});

const citations = [{ source: 'cloud100-2024', page: 1 }];

/** A value of a property, and how it is asked for. */
function sample({ name, kind, enum: values, pair }: PropertyDef): [value: unknown, asked: string] {
  const [first = ''] = Object.keys(values?.values ?? {});
  switch (kind) {
    case 'string':
    case 'text':
      return [`${name} 云图 "quoted"`, name];
    case 'enum':
      return [first, name];
    case 'enums':
      return [[first], name];
    case 'currency':
      return ['CNY', name];
    case 'int':
      return [7, name];
    case 'float':
      return [2.5, name];
    case 'boolean':
      return [false, name];
    case 'date':
      return ['2024-07', name];
    case 'money':
      return [
        { amount: 1.5e9, currency: 'USD', asPrinted: 'US$1.5bn' },
        `${name} { amount currency asPrinted }`,
      ];
    case 'period':
      return [{ start: '2024-01', end: '2024-06', label: '2024H1' }, `${name} { start end label }`];
    case 'strings':
      return [['one', '二'], name];
    case 'pairs': {
      const part = pair?.[1] ?? 'name';
      return [[{ [part]: 'wikidata', value: 'Q1=2' }], `${name} { ${part} value }`];
    }
  }
}

const nouns = blueprint.nouns.filter(({ root }) => root);

test.each(nouns.map((noun) => [noun.name, noun] as const))(
  'what is written of a %s is read again, and can be made unknown',
  async (name, noun) => {
    const samples = settable(noun).map((each) => [each, ...sample(each)] as const);
    const values = Object.fromEntries(samples.map(([{ name: field }, value]) => [field, value]));
    const asked = samples.map(([, , text]) => text).join(' ');
    const key = noun.name === 'Sector' ? 'made/every-noun' : 'every-noun';
    const mutation = `mutation ($input: Upsert${name}Input!, $operationId: ID!) { upsert${name}(input: $input, operationId: $operationId) { ... on ChangeFailure { message } ... on ${name}Upserted { outcome node { key ${asked} } } } }`;
    const put = (input: object, operationId: string) =>
      server.change(mutation, { input: { key, citations, ...input }, operationId });
    expect(await put(values, `every-${name}`)).toEqual({
      outcome: 'CREATED',
      node: { key, ...values },
    });
    const read = `{ ${small(name)}(key: "${key}") { ${asked} citations { page source { key } } } }`;
    expect((await server.ask(read)).data?.[small(name)]).toEqual({
      ...values,
      citations: [{ page: 1, source: { key: 'cloud100-2024' } }],
    });
    const seen = await put({ ...values, seen: values }, `every-${name}-again`);
    expect(seen).toMatchObject({ outcome: 'UNCHANGED' });
    const optional = samples.filter(([{ required }]) => !required);
    const unknown = Object.fromEntries(optional.map(([{ name: field }]) => [field, null]));
    const emptied = await put(unknown, `every-${name}-unknown`);
    for (const [{ name: field, kind }] of optional)
      expect([field, emptied.node[field]]).toEqual([
        field,
        ['strings', 'enums', 'pairs'].includes(kind) ? [] : null,
      ]);
  },
);

test('every relation can be linked, read, and unlinked', async () => {
  const links = changesOf(blueprint).flatMap((def) => (def.kind === 'link' ? [def] : []));
  expect(links.length).toBeGreaterThan(35);
  const keyOf = (noun: string, end: string) =>
    noun === 'Sector' ? `made/link-${end}` : `link-${end}-${noun.toLowerCase()}`;
  const ends = new Set(
    links.flatMap(({ owner, relation }) => [owner, relation.target, ...relation.among]),
  );
  for (const noun of nouns)
    if ([...ends].some((each) => each.nouns.includes(noun)))
      for (const end of ['a', 'b'])
        await server.change(
          `mutation ($input: Upsert${noun.name}Input!) { upsert${noun.name}(input: $input, operationId: "ends-${noun.name}-${end}") { __typename } }`,
          {
            input: {
              key: keyOf(noun.name, end),
              citations,
              ...(noun.interfaces.includes('Fact')
                ? { label: 'A fact', certainty: 'STATED' }
                : { name: 'A thing' }),
            },
          },
        );
  let made = 0;
  for (const { field, owner, relation } of links) {
    // A role has one player of a key: one noun of the interface will do.
    const [from] = owner.nouns;
    const [to] = relation.among;
    if (!from || !to) throw new Error(field);
    const input = {
      from: `${from.name}:${keyOf(from.name, 'a')}`,
      to: `${to.name}:${keyOf(to.name, 'b')}`,
    };
    const change = (mutation: string, type: string, operationId: string, given: object) =>
      server.change(
        `mutation ($input: ${type}!) { ${mutation}(input: $input, operationId: "${operationId}") { ... on ChangeFailure { message } ... on Linked { outcome from { __typename key } to { __typename key } } } }`,
        { input: given },
      );
    const read = async () => {
      const list = relation.one
        ? `${relation.name} { key }`
        : `${relation.name}(first: 100) { nodes { key } }`;
      const { data } = await server.ask(
        `{ node(id: "${input.from}") { ... on ${from.name} { found: ${list} } } }`,
      );
      const { found } = data?.node as { found: { key: string; nodes?: { key: string }[] } | null };
      return (found?.nodes ?? (found ? [found] : [])).map(({ key }) => key);
    };
    const edge = relation.claim ? { edge: { certainty: 'INFERRED', reason: 'It looks so.' } } : {};
    const linked = await change(
      field,
      `${field[0]?.toUpperCase()}${field.slice(1)}Input`,
      `every-${field}`,
      {
        ...input,
        ...edge,
        citations,
      },
    );
    expect([field, linked.message, linked.outcome]).toEqual([field, undefined, 'CREATED']);
    const far = input.to.slice(to.name.length + 1);
    expect([field, await read()]).toEqual([field, expect.arrayContaining([far])]);
    const cut = await change(field.replace(/^link/, 'unlink'), 'UnlinkInput', `every-un${field}`, {
      ...input,
      reason: 'It was a trial.',
    });
    expect([field, cut.message, cut.outcome]).toEqual([field, undefined, 'CHANGED']);
    expect([field, await read()]).toEqual([field, expect.not.arrayContaining([far])]);
    made++;
  }
  expect(made).toBe(links.length);
}, 120_000);
