import { blueprint } from '../../src/entities/blueprint';
import { hasEdge, rootNames } from '../../src/derive/names';
import type { Noun, RelationDef } from '../../src/blueprint';
import { client, type Way } from '../support/client';

const { ask, close } = client();
afterAll(close);

const nouns = blueprint.nouns.filter((noun) => noun.root);

/** A few plain fields of whatever stands at a relation's far end. */
function plain({ name, nouns: among }: Noun): string {
  if (name === 'Citation') return '{ page quote }';
  const parts = ['__typename id key datasets'];
  if (among.some((noun) => noun.interfaces.includes('Entity')))
    parts.push('... on Entity { name nameZh aliases }');
  if (among.some((noun) => noun.interfaces.includes('Fact')))
    parts.push('... on Fact { label certainty }');
  return `{ ${parts.join(' ')} }`;
}

/** A relation selected in every form that it has. */
function selection(relation: RelationDef): string {
  const { name, target, edge, one } = relation;
  const own = edge
    .filter((property) =>
      ['enum', 'text', 'string', 'int', 'float', 'boolean', 'date'].includes(property.kind),
    )
    .map((property) => property.name);
  const words = `${own.join(' ')}${relation.claim ? ' citations { page quote source { key } }' : ''}`;
  if (relation.plain) return `${name} ${plain(target)}`;
  if (one)
    return `${name} ${plain(target)} ${hasEdge(relation) ? `${name}Edge { node ${plain(target)} ${words} }` : ''}`;
  return `${name}(first: 3) { totalCount pageInfo { hasNextPage endCursor } completeness { returned total truncated } nodes ${plain(target)} edges { cursor node ${plain(target)} ${hasEdge(relation) ? words : ''} } }`;
}

async function both(query: string, variables?: Record<string, unknown>): Promise<void> {
  const { statements: _, ...planned } = await ask(query, variables);
  expect(planned.errors).toBeUndefined();
  for (const way of ['tree', 'level'] as Way[]) {
    const { statements: __, ...loaded } = await ask(query, variables, way);
    expect(JSON.stringify(loaded)).toBe(JSON.stringify(planned));
  }
}

describe('planned and loaded answers are equal', () => {
  for (const noun of nouns)
    test(`for every relation of ${noun.name}`, async () => {
      for (const relation of noun.relations.values())
        await both(
          `{ ${rootNames(noun).many}(first: 30) { nodes { key ${selection(relation)} } } }`,
        );
    });

  test('under aliases, fragments and directives', () =>
    both(
      `query ($yes: Boolean!, $no: Boolean!, $n: Int) {
        a: company(key: "alibaba") { ...Names models(first: $n) { nodes { ...Names developer { ...Names } } } again: models(first: 1, orderBy: [{ name: DESC }]) { nodes { n: name } } skipped: city @skip(if: $yes) }
        b: company(key: "nobody") { ...Names }
        trends { nodes { key ... @include(if: $yes) { name examples { nodes { __typename ... on Company { models(first: 2) { totalCount } } ... on Product { kind } } } } hidden: name @include(if: $no) } }
      }
      fragment Names on Entity { key name nameZh }`,
      { yes: true, no: false, n: 3 },
    ));

  test('below nouns of an interface, each with fields and arguments of its own under the same keys', () =>
    both(
      `{ nodes(ids: ["Model:moonshot-v1-8k", "Product:bailian-international"]) {
        ... on Model { developer { models(first: 1) { nodes { key } } } }
        ... on Product { developer { models(first: 2) { totalCount nodes { key name } } } } } }`,
    ));

  test('four relations deep', () =>
    both(
      '{ trends { nodes { key examples { nodes { key ... on Company { models(first: 5) { nodes { key priceQuotes { nodes { key citations { page source { title } } } } } } } } } } } }',
    ));
});

test('a tree four deep is one statement; by the loaders, one for each level, whatever its width', async () => {
  const query = (first: number) =>
    `{ companies(first: ${first}, orderBy: [{ models: { count: DESC } }]) { nodes { key models(first: ${first}) { nodes { key priceQuotes(first: ${first}) { nodes { key citations { key } } } } } } } }`;
  for (const first of [2, 5, 20]) {
    expect((await ask(query(first))).statements).toBe(1);
    expect((await ask(query(first), undefined, 'level')).statements).toBe(4);
  }
});
