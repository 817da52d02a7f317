import { times } from '../support/hostile/hostile';
import { curating, type Curating } from '../support/curator';
import { restoreReport } from '../support/restored-report';

let server: Curating;
beforeAll(async () => (server = await curating()));
afterAll(async () => {
  await server.close();
  await restoreReport();
});

const citations = [{ source: 'cloud100-2024', page: 3 }];
const upsert = `mutation ($input: UpsertCompanyInput!, $operationId: ID!) {
  upsertCompany(input: $input, operationId: $operationId) {
    __typename
    ... on CompanyUpserted { outcome node { name } }
  }
}`;

interface Answer {
  readonly __typename: string;
  readonly outcome?: string;
  readonly node?: { readonly name: string };
}

const put = (input: object, operationId: string): Promise<Answer> =>
  server.change(upsert, { input: { ...input, citations }, operationId }) as Promise<Answer>;

/** How often each kind of answer came. */
const counted = (answers: readonly Answer[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { __typename, outcome } of answers) {
    const kind = outcome ?? __typename;
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
};

/** The names that nodes of a key bear, asked of the graph itself. */
const names = async (key: string): Promise<unknown> =>
  (await server.graph.read('MATCH (n:Company {key: $p.key}) RETURN n.name', { key })).rows;

test('of many who make one new thing at once one does, and the others are told that it is there', async () => {
  const answers = await Promise.all(
    times(16, (i) => put({ key: 'raced-for', name: `By ${i}`, onlyNew: true }, `races-new-${i}`)),
  );
  expect(counted(answers)).toEqual({ CREATED: 1, Conflict: 15 });
  const made = answers.find(({ outcome }) => outcome === 'CREATED');
  expect(await names('raced-for')).toEqual([made?.node?.name]);
});

test('one operation sent many times at once is done once, and all hear the same', async () => {
  const answers = await Promise.all(
    times(16, () => put({ key: 'sent-again', name: 'Once' }, 'races-same')),
  );
  expect(counted(answers)).toEqual({ CREATED: 16 });
  expect(await names('sent-again')).toEqual(['Once']);
});

test('of many operations under one name one is done, and the others are told that it was another', async () => {
  const answers = await Promise.all(
    times(16, (i) => put({ key: `forged-${i}`, name: 'Forged' }, 'races-forged')),
  );
  expect(counted(answers)).toEqual({ CREATED: 1, Conflict: 15 });
  const { rows } = await server.graph.read(
    "MATCH (n:Company) WHERE n.key STARTS WITH 'forged-' RETURN count(n)",
  );
  expect(rows).toEqual([1]);
});

test('of many who saw the same one changes it', async () => {
  await put({ key: 'seen-by-all', name: 'Seen', city: 'Wuxi' }, 'races-seen');
  const answers = await Promise.all(
    times(16, (i) =>
      put({ key: 'seen-by-all', city: `City ${i}`, seen: { city: 'Wuxi' } }, `races-seen-${i}`),
    ),
  );
  expect(counted(answers)).toEqual({ CHANGED: 1, Conflict: 15 });
});
