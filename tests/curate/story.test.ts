import { randomUUID } from 'node:crypto';
import { canonicalHash } from '../support/canonical';
import { as, curating, type Curating } from '../support/curator';
import { restoreReport } from '../support/restored-report';

let server: Curating;
beforeAll(async () => {
  server = await curating();
  await server.change(
    `mutation { upsertSource(operationId: "story-source", input: { key: "filing-2025", name: "A filing", publisher: "The registry", publishedOn: "2025-03", citations: [{ source: "filing-2025" }] }) { __typename ... on ChangeFailure { message } } }`,
  );
});
afterAll(async () => {
  await server.close();
  await restoreReport();
});

const upsert = `mutation ($input: UpsertCompanyInput!, $operationId: ID!) {
  upsertCompany(input: $input, operationId: $operationId) {
    __typename
    ... on CompanyUpserted { operationId outcome node { key name website city foundedOn fundingTotal { amount currency } datasets citations { page quote source { key } } } }
    ... on InvalidInput { message faults { path message } }
    ... on Conflict { message faults { path message } current { __typename key ... on Company { city } } }
    ... on NotFound { message path didYouMean }
  }
}`;
const citations = [{ source: 'filing-2025', page: 3, quote: 'as filed' }];
let operations = 0;
const next = () => `story-${++operations}`;
const put = (input: object, operationId = next()) => server.change(upsert, { input, operationId });

test('a curator makes a company with its source, and everyone sees it at once', async () => {
  const read = '{ company(key: "cloud-nine") { name city datasets citations { page quote } } }';
  expect((await server.ask(read)).data?.company).toBeNull();
  const made = await put({
    key: 'cloud-nine',
    name: 'Cloud Nine',
    city: 'Hangzhou',
    foundedOn: '2019-05',
    fundingTotal: { amount: 14_960_000_000, currency: 'CNY' },
    citations,
  });
  expect(made).toMatchObject({
    __typename: 'CompanyUpserted',
    outcome: 'CREATED',
    node: {
      name: 'Cloud Nine',
      foundedOn: '2019-05',
      fundingTotal: { amount: 14_960_000_000, currency: 'CNY' },
      datasets: ['curated'],
      citations: [{ page: 3, quote: 'as filed', source: { key: 'filing-2025' } }],
    },
  });
  // What was kept of the answer before is not given after the commit.
  for (let i = 0; i < 2; i++)
    expect((await server.ask(read)).data?.company).toEqual({
      name: 'Cloud Nine',
      city: 'Hangzhou',
      datasets: ['curated'],
      citations: [{ page: 3, quote: 'as filed' }],
    });
});

test('after every change all see it at once, however often it was asked before', async () => {
  const read = '{ company(key: "cloud-nine") { website } }';
  for (let at = 0; at < 20; at++) {
    const website = `https://${at}.example.org`;
    await put({ key: 'cloud-nine', website, citations });
    const both = await Promise.all([server.ask(read), server.ask(read)]);
    const answers = [...both, await server.ask(read)];
    expect(answers.map(({ data }) => data?.company.website as string)).toEqual(
      Array(3).fill(website),
    );
    expect(answers[2]?.extensions?.cache?.status).toBe('hit');
  }
});

test('changes some fields and leaves the others', async () => {
  const changed = await put({ key: 'Company:cloud-nine', city: 'Ningbo', citations });
  expect(changed).toMatchObject({
    outcome: 'CHANGED',
    node: { city: 'Ningbo', foundedOn: '2019-05' },
  });
  expect(await put({ key: 'cloud-nine', city: 'Ningbo', citations })).toMatchObject({
    outcome: 'UNCHANGED',
  });
  const unknown = await put({ key: 'cloud-nine', foundedOn: null, citations });
  expect(unknown).toMatchObject({ outcome: 'CHANGED', node: { city: 'Ningbo', foundedOn: null } });
});

test('a curator is believed before the report, also where she says that nothing is known', async () => {
  const read = '{ company(key: "moonshot-ai") { name nameZh datasets } }';
  const before = (await server.ask(read)).data?.company;
  expect(before.nameZh).toBeTruthy();
  await put({ key: 'moonshot-ai', name: 'Moonshot', nameZh: null, citations });
  expect((await server.ask(read)).data?.company).toEqual({
    name: 'Moonshot',
    nameZh: null,
    datasets: ['cloud100-2024', 'curated'],
  });
});

test('a conflict tells what is there now', async () => {
  const seen = { city: 'Hangzhou' };
  const late = await put({ key: 'cloud-nine', city: 'Beijing', citations, seen });
  expect(late).toMatchObject({
    __typename: 'Conflict',
    faults: [{ path: 'input.seen.city' }],
    current: { __typename: 'Company', key: 'cloud-nine', city: 'Ningbo' },
  });
  expect(
    await put({
      key: 'cloud-nine',
      city: 'Beijing',
      citations,
      seen: { city: 'Ningbo', foundedOn: null },
    }),
  ).toMatchObject({ outcome: 'CHANGED', node: { city: 'Beijing' } });
  expect(await put({ key: 'cloud-nine', name: 'X', citations, onlyNew: true })).toMatchObject({
    __typename: 'Conflict',
    message: '"Company:cloud-nine" is there already.',
  });
  expect(await put({ key: 'cloud-ten', name: 'X', citations, seen: { city: 'X' } })).toMatchObject({
    __typename: 'NotFound',
  });
});

test('an empty list is seen as it is shown, whether it was said or is unknown', async () => {
  await put({ key: 'cloud-empty', name: 'Empty', citations });
  const read = '{ company(key: "cloud-empty") { aliases externalIds { scheme value } } }';
  const seen = (await server.ask(read)).data?.company as object;
  expect(seen).toEqual({ aliases: [], externalIds: [] });
  for (const change of [{ city: 'Linz' }, { aliases: [] }, { aliases: null }, { city: 'Graz' }])
    expect(await put({ key: 'cloud-empty', ...change, citations, seen })).toMatchObject({
      __typename: 'CompanyUpserted',
    });
});

test('a relationship that says something else than was seen is a conflict as well', async () => {
  const link = (edge: object, more: object = {}) =>
    server.change(
      `mutation ($input: LinkCompanyPlaceInput!) { linkCompanyPlace(operationId: "${randomUUID()}", input: $input) {
        __typename ... on Linked { outcome } ... on ChangeFailure { message } ... on Conflict { faults { path } current { __typename } } } }`,
      { input: { from: 'cloud-nine', to: 'cn', edge, citations, ...more } },
    );
  const certain = { certainty: 'INFERRED', reason: 'Its name.' };
  expect(await link(certain, { seen: certain })).toMatchObject({ __typename: 'NotFound' });
  expect(await link(certain)).toMatchObject({ outcome: 'CREATED' });
  const stated = { certainty: 'STATED', reason: null };
  expect(await link(stated, { seen: { certainty: 'STATED' } })).toMatchObject({
    __typename: 'Conflict',
    faults: [{ path: 'input.seen.certainty' }],
    current: { __typename: 'Place' },
  });
  expect(await link(stated, { seen: certain })).toMatchObject({ outcome: 'CHANGED' });
  expect(await link(stated, { seen: { reason: null } })).toMatchObject({ outcome: 'UNCHANGED' });
});

test('a curator is believed before the report of a relationship too, also where she says that nothing is known', async () => {
  const read = '{ company(key: "minimax") { placeEdge { certainty reason node { key } } } }';
  const edgeOf = async () => (await server.ask(read)).data?.company.placeEdge;
  const before = await edgeOf();
  expect(before).toMatchObject({ certainty: 'INFERRED', node: { key: 'cn' } });
  expect(before.reason).toBeTruthy();
  const link = (edge: object) =>
    server.change(
      `mutation ($input: LinkCompanyPlaceInput!) { linkCompanyPlace(operationId: "${randomUUID()}", input: $input) {
        ... on Linked { outcome } ... on ChangeFailure { message } } }`,
      { input: { from: 'minimax', to: 'cn', edge, citations } },
    );
  // What is not given stays.
  expect(await link({ certainty: 'INFERRED' })).toEqual({ outcome: 'CHANGED' });
  expect(await edgeOf()).toEqual(before);
  const stated = { certainty: 'STATED', reason: null };
  expect(await link(stated)).toEqual({ outcome: 'CHANGED' });
  expect(await edgeOf()).toEqual({ ...before, ...stated });
  expect(await link(stated)).toEqual({ outcome: 'UNCHANGED' });
});

test('of two who saw the same only one changes it', async () => {
  const both = await Promise.all(
    ['Suzhou', 'Wuxi'].map((city) =>
      put({ key: 'cloud-nine', city, citations, seen: { city: 'Beijing' } }),
    ),
  );
  expect(both.map((each) => each.__typename).sort()).toEqual(['CompanyUpserted', 'Conflict']);
});

test('all faults are told, each with its place', async () => {
  const bad = await put({
    key: 'Not A Key',
    foundedOn: '2020',
    closedOn: '2019',
    website: ' ',
    citations: [{ source: 'filing-2052', page: 0 }],
  });
  expect(bad.__typename).toBe('InvalidInput');
  const cited = {
    path: 'input.citations.0.source',
    message: '"filing-2052" is no Source. Did you mean "filing-2025"?',
  };
  expect(bad.faults).toContainEqual(cited);
  const rest = await put({
    key: 'Not A Key',
    foundedOn: '2020',
    closedOn: '2019',
    website: ' ',
    citations,
  });
  expect(rest.faults.map(({ path }: { path: string }) => path).sort()).toEqual([
    'input.closedOn',
    'input.key',
    'input.name',
    'input.website',
  ]);
  expect(await put({ key: 'cloud-nine', city: 'X', citations: [] })).toMatchObject({
    faults: [{ path: 'input.citations' }],
  });
});

test('the same operation again changes nothing and answers the same; another input under its id is refused', async () => {
  const id = next();
  const input = { key: 'cloud-nine', aliases: ['C9'], citations };
  const first = await put(input, id);
  expect(first.outcome).toBe('CHANGED');
  await put({ key: 'cloud-nine', aliases: ['Nine'], citations });
  const hash = await canonicalHash(server.graph);
  expect(await put(input, id)).toMatchObject({ outcome: 'CHANGED', operationId: id });
  expect(await canonicalHash(server.graph)).toBe(hash);
  expect(await put({ ...input, aliases: [] }, id)).toMatchObject({
    __typename: 'Conflict',
    message: expect.stringContaining('another input'),
  });
  expect(await put(input, 'white space')).toMatchObject({ faults: [{ path: 'operationId' }] });
  // Many at once are one.
  const many = await Promise.all(
    Array.from({ length: 5 }, () =>
      put({ key: 'cloud-many', name: 'Many', citations }, 'story-many'),
    ),
  );
  expect(many.map(({ outcome }) => outcome)).toEqual(Array(5).fill('CREATED'));
});

test('text that looks like a statement is text', async () => {
  const odd = `'}) DETACH DELETE (n) // \\u0027 \` $p "`;
  await put({
    key: 'odd-one',
    name: odd,
    city: odd,
    aliases: [odd],
    citations: [{ source: 'filing-2025', quote: odd }],
  });
  expect(
    (await server.ask('{ company(key: "odd-one") { name city aliases citations { quote } } }')).data
      ?.company,
  ).toEqual({ name: odd, city: odd, aliases: [odd], citations: [{ quote: odd }] });
});

describe('who may', () => {
  const mutation = {
    query: upsert,
    variables: { operationId: 'who', input: { key: 'who', name: 'Who', citations } },
  };
  test.each([
    ['without a token', {}, 401, 'UNAUTHENTICATED'],
    ['with a token that is not known', as.stranger, 401, 'UNAUTHENTICATED'],
    ['with one that has not the role', as.reader, 403, 'FORBIDDEN'],
  ])('nobody changes anything %s', async (_name, headers, status, code) => {
    const before = await canonicalHash(server.graph);
    const { status: told, body, headers: got } = await server.post(mutation, headers);
    expect([told, body.errors?.[0]?.extensions.code, body.data]).toEqual([status, code, undefined]);
    expect(got.get('www-authenticate')).toBe(status === 401 ? 'Bearer' : null);
    expect(await canonicalHash(server.graph)).toBe(before);
  });

  test('a token that is not known is not answered as anybody; one of another scheme is not ours', async () => {
    const query = { query: '{ __typename }' };
    expect((await server.post(query, as.stranger)).status).toBe(401);
    expect((await server.post(query, as.reader)).status).toBe(200);
    expect((await server.post(query, { authorization: 'Basic eDp5' })).status).toBe(200);
  });

  test('a server without a curator takes no changes', async () => {
    const closed = await curating({ tokens: [] });
    const { status, body } = await closed.post(mutation, as.curator);
    expect([status, body.errors?.[0]?.extensions.code]).toEqual([403, 'FORBIDDEN']);
    await closed.close();
  });
});

test('changes of one request are made in their order', async () => {
  const { body } = await server.post(
    {
      query: `mutation {
        a: upsertCompany(operationId: "order-a", input: { key: "in-order", name: "A", citations: [{ source: "filing-2025" }] }) { ... on CompanyUpserted { outcome node { name } } }
        b: upsertCompany(operationId: "order-b", input: { key: "in-order", name: "B", citations: [{ source: "filing-2025" }], seen: { name: "A" } }) { ... on CompanyUpserted { outcome node { name } } }
      }`,
    },
    as.curator,
  );
  expect(body.data).toEqual({
    a: { outcome: 'CREATED', node: { name: 'A' } },
    b: { outcome: 'CHANGED', node: { name: 'B' } },
  });
});
