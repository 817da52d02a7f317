import { readFileSync } from 'node:fs';
import { join } from 'node:path';
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

const page = readFileSync(join(__dirname, '..', '..', 'docs', 'curating.md'), 'utf8');
const examples = [...page.matchAll(/```graphql\n(.*?)```/gs)].map(([, text = '']) => text);

test('the examples of the guide run as they stand, one after the other', async () => {
  expect(examples.length).toBeGreaterThanOrEqual(5);
  for (const example of examples) {
    const answer = await server.change(example);
    expect([example, answer.message]).toEqual([example, undefined]);
  }
});
