import { blueprint } from '../../src/entities/blueprint';
import { object } from '../../src/derive/common-types';
import { arg, field } from '../../src/derive/spec';
import { NodeRef } from '../../src/query/reference';
import { client, type Way } from '../support/client';
import type { Row } from '../support/rows';

const calls: (readonly string[])[] = [];

/** A verb on companies that says its name backwards and names its place. */
const { ask, close } = client(blueprint, [
  {
    types: [
      object('Mirror', 'What a mirror shows.', [
        field('text', 'String!', 'The key, backwards.'),
        field('self', 'Company!', 'Who looks into it.'),
      ]),
    ],
    roots: [],
    resolvers: {},
    onNouns: [
      {
        noun: 'Company',
        field: field('mirror', 'Mirror', 'Its mirror.', [arg('loud', 'Boolean', 'In capitals.')]),
        load: (keys, { loud }) => {
          calls.push(keys);
          return Promise.resolve(
            new Map<string, unknown>(
              keys
                .filter((key) => key !== 'openai')
                .map((key) => {
                  if (key === 'google') return [key, new Error('A mirror broke.')];
                  const text = [...key].reverse().join('');
                  const self = new NodeRef('Company', key);
                  return [key, { text: loud ? text.toUpperCase() : text, self }];
                }),
            ),
          );
        },
      },
    ],
  },
]);
afterAll(close);
beforeEach(() => calls.splice(0));

const backwards = (key: string) => [...key].reverse().join('');

test.each<Way>(['planned', 'tree', 'level'])(
  'a verb on a noun is answered for all nodes of one question together (%s)',
  async (way) => {
    const { data, errors, statements } = await ask(
      '{ companies(first: 40, where: { key: { notIn: ["google", "openai"] } }) { nodes { key mirror { text self { key name } } } } }',
      undefined,
      way,
    );
    expect(errors).toBeUndefined();
    expect(data.companies.nodes).toHaveLength(40);
    for (const { key, mirror } of data.companies.nodes as Row[])
      expect(mirror).toEqual({
        text: backwards(key),
        self: { key, name: expect.any(String) },
      });
    expect(calls).toHaveLength(1);
    // The companies, and those that the verb names.
    expect(statements).toBe(2);
  },
);

test('it is found below relations, behind interfaces, in fragments and under other names', async () => {
  const { data, errors } = await ask(
    `{ trends { nodes { key examples { nodes { key ...Seen } } } } model(key: "moonshot-v1-8k") { developer { shout: mirror(loud: true) { t: text } whisper: mirror(loud: false) { t: text } } } }
    fragment Seen on Node { ... on Company { mirror { text } } }`,
  );
  expect(errors).toBeUndefined();
  const seen = (data.trends.nodes as Row[]).flatMap((trend) => trend.examples.nodes as Row[]);
  const mirrored = seen.filter((node) => node.mirror);
  expect(mirrored.length).toBeGreaterThan(1);
  for (const { key, mirror } of mirrored) expect(mirror.text).toBe(backwards(key));
  expect(data.model.developer).toEqual({
    shout: { t: backwards('moonshot-ai').toUpperCase() },
    whisper: { t: backwards('moonshot-ai') },
  });
});

test('what it names is read with what is selected of it there, below each noun', async () => {
  const { data, errors } = await ask(
    `{ nodes(ids: ["Model:moonshot-v1-8k", "Product:bailian-international"]) {
      ... on Model { developer { mirror { self { key name } } } }
      ... on Product { developer { mirror { self { key models(first: 1) { totalCount } } } } } } }`,
  );
  expect(errors).toBeUndefined();
  expect(data.nodes).toEqual([
    { developer: { mirror: { self: { key: 'moonshot-ai', name: expect.any(String) } } } },
    {
      developer: {
        mirror: {
          self: {
            key: 'alibaba',
            models: { totalCount: expect.any(Number) },
          },
        },
      },
    },
  ]);
});

test('nothing is null, and a fault is told at its place', async () => {
  const { data, errors } = await ask(
    '{ a: company(key: "openai") { mirror { text } } b: company(key: "google") { mirror { text } } c: company(key: "alibaba") { mirror { text } } d: company(key: "nobody") { mirror { text } } }',
  );
  expect(data).toEqual({
    a: { mirror: null },
    b: { mirror: null },
    c: { mirror: { text: backwards('alibaba') } },
    d: null,
  });
  expect(errors).toMatchObject([{ message: 'A mirror broke.', path: ['b', 'mirror'] }]);
});

test('an operation that calls no verb is planned whole', async () => {
  const query = '{ companies(first: 5) { nodes { key models { totalCount } } } }';
  expect((await ask(query)).statements).toBe(1);
  expect(calls).toHaveLength(0);
});

test('a verb cannot take the place of a relation', () => {
  const verb = {
    noun: 'Company',
    field: field('trends', 'String', 'Not to be.'),
    load: () => Promise.resolve(new Map()),
  };
  expect(() =>
    client(blueprint, [{ types: [], roots: [], resolvers: {}, onNouns: [verb] }]),
  ).toThrow('Company.trends is both a field and a verb.');
});
