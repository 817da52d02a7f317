import { client } from '../support/client';

const { ask, close } = client();
afterAll(close);

const edge = 'source target type count';
const questions: Record<string, string> = {
  graph: `graph(seeds: $ids, depth: 1) { nodes { id } edges { ${edge} } completeness { returned } }`,
  neighbours:
    'neighbours(of: $ids, common: true) { edges { node { key } near count shared { of } } }',
  paths: 'paths(from: $one, to: "Place:us", first: 9) { paths { length steps { sentence } } }',
};

/** `node(id: "Entity:alibaba")` finds the company; so do the verbs. */
test.each(
  Object.keys(questions).flatMap((verb) => [
    [verb, 'Entity:alibaba', 'Company:alibaba'],
    [verb, 'Fact:bats-vhai', 'Listing:bats-vhai'],
  ]),
)('%s: %s is %s', async (verb, vague, plain) => {
  const answer = async (...ids: string[]) => {
    const { data, errors } = await ask(
      `query ($ids: [ID!]!, $one: ID!) { ids: nodes(ids: $ids) { id } one: node(id: $one) { id } ${questions[verb]} }`,
      { ids, one: ids[0] },
    );
    expect(errors).toBeUndefined();
    return data[verb] as Record<string, unknown[]>;
  };
  const wanted = await answer(plain);
  expect((wanted.edges ?? wanted.paths)?.length).toBeGreaterThan(0);
  expect(await answer(vague)).toEqual(wanted);
  // Named in both ways it is one thing all the same.
  if (verb !== 'paths') expect(await answer(vague, plain)).toEqual(wanted);
});

test('from a thing to itself, named by an interface, there is no way', async () => {
  const { data } = await ask(
    '{ paths(from: "Entity:alibaba", to: "Company:alibaba") { paths { length } completeness { total truncated } } }',
  );
  expect(data.paths).toEqual({ paths: [], completeness: { total: 0, truncated: false } });
});
