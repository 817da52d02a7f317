import { patient } from '../support/patient';
import { ask, graph, serving } from '../support/serving';

afterAll(() => graph.close());

const pages = [
  '/',
  '/playground/start.js',
  '/playground/graphiql.js',
  '/explore',
  '/explore/ask.js',
  '/explore/cytoscape.js',
];

test.each([
  ['public', 200],
  ['locked', 404],
] as const)(
  '%s: the pages, which name types and fields, are answered with %s',
  async (profile, status) => {
    await serving({ ...patient, profile }, async (url) => {
      for (const path of pages)
        expect([path, (await fetch(url + path)).status]).toEqual([path, status]);
      expect((await fetch(`${url}/limits`)).status).toBe(200);
    });
  },
);

test.each([
  ['public', ['alibaba']],
  ['locked', []],
] as const)(
  '%s: that a key exists nowhere is told, with those near it: %j',
  async (profile, near) => {
    await serving({ ...patient, profile }, async (url) => {
      // The second time Apollo Server is not asked.
      for (let time = 0; time < 2; time++) {
        const reply = await ask(
          url,
          {},
          '{ companies(where: { key: { eq: "alibabaa" } }) { nodes { name } } }',
        );
        const { data, extensions } = (await reply.json()) as {
          data: object;
          extensions: { notes: readonly { message: string; didYouMean: readonly string[] }[] };
        };
        expect(data).toEqual({ companies: { nodes: [] } });
        expect(extensions.notes).toEqual([
          expect.objectContaining({ message: expect.stringContaining('"alibabaa"') as string }),
        ]);
        expect(extensions.notes[0]?.didYouMean.slice(0, 1)).toEqual(near);
      }
    });
  },
);
