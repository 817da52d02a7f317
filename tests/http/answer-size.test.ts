import { times } from '../support/hostile/hostile';
import { patient } from '../support/patient';
import { graph, serving } from '../support/serving';

afterAll(() => graph.close());

const refused = {
  errors: [{ extensions: { code: 'LIMIT_EXCEEDED', found: expect.any(Number) as number } }],
};

test('a table is measured as it is sent: one that is larger as CSV than as JSON is refused', async () => {
  const post = (url: string, query: string, accept: string) =>
    fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept },
      body: JSON.stringify({ query }),
    });
  const list = '{ models(first: 90) { nodes { id } } trends(first: 1) { nodes { id } } }';
  const question = await serving(patient, async (url) => {
    const { data } = (await (await post(url, list, 'application/json')).json()) as {
      data: Record<string, { nodes: { id: string }[] }>;
    };
    const ids = Object.values(data).flatMap(({ nodes }) => nodes.map(({ id }) => id));
    // Of JSON only one row has these columns, of CSV all have them.
    const columns = times(30, (index) => `a${index}: key`).join(' ');
    return `{ nodes(ids: ${JSON.stringify(ids)}) { ... on Model { key } ... on Trend { ${columns} } } }`;
  });
  const [json, csv] = await serving(patient, async (url) =>
    Promise.all(
      ['application/json', 'text/csv'].map(async (accept) => {
        const text = await (await post(url, question, accept)).text();
        return text.length;
      }),
    ),
  );
  expect(csv).toBeGreaterThan(json as number);
  await serving({ ...patient, maxAnswer: json }, async (url) => {
    expect((await post(url, question, 'application/json')).status).toBe(200);
    const reply = await post(url, question, 'text/csv');
    expect(reply.status).toBe(400);
    expect(reply.headers.get('content-type')).toMatch(/json/);
    expect(await reply.json()).toMatchObject(refused);
  });
});

test('a file that is too large is refused as JSON, and not to be saved under its name', async () => {
  const path = '/graph.gexf?seeds=Trend:going-global&depth=2';
  await serving({ ...patient, maxAnswer: 1_000 }, async (url) => {
    const reply = await fetch(url + path);
    expect(reply.status).toBe(400);
    expect(reply.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(reply.headers.get('content-disposition')).toBeNull();
    expect(await reply.json()).toMatchObject(refused);
  });
});
