import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { client } from '../support/client';

const { ask, close } = client();
afterAll(close);

const root = join(__dirname, '..', '..');
/** Each query that stands in a page of the guide; those of curators are asked by a test of their own. */
const examples = ['README.md', 'docs/queries.md', 'docs/exploring.md'].flatMap((page) =>
  [...readFileSync(join(root, page), 'utf8').matchAll(/```graphql\n(.*?)```/gs)].map(
    ([, text = ''], index) => [page, index + 1, text] as const,
  ),
);

test.each(examples)('%s: query %i runs as it stands', async (_page, _index, text) => {
  const { errors, extensions } = await ask(text);
  expect(errors).toBeUndefined();
  // Nothing that it names is missing.
  expect(extensions?.notes).toBeUndefined();
});
