import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canonicalLines } from '../support/canonical';
import { client } from '../support/client';
import { yuntu } from '../support/command';
import { restoreReport } from '../support/restored-report';

/** An operator who has dropped the report beside data of his own, and wants it back. */
const { ask, graph, close } = client();
const folder = mkdtempSync(join(tmpdir(), 'yuntu-report-'));
const mapping = join(folder, 'mapping.yaml');

beforeAll(() => {
  writeFileSync(join(folder, 'mine.csv'), 'key,name\nmy-company,My company\n');
  writeFileSync(
    mapping,
    'dataset: mine\nfiles: [{ file: mine.csv, loads: [{ noun: Company, key: key, fields: { name: name } }] }]\n',
  );
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await restoreReport();
  await close();
});

const reported = async (): Promise<unknown> => {
  const { data } = await ask(
    '{ companies(where: { datasets: { has: "cloud100-2024" } }) { totalCount } mine: company(key: "my-company") { name } }',
  );
  return [data.companies.totalCount, data.mine?.name];
};

test('the report that was dropped beside other data is loaded again by a command, the very same', async () => {
  expect(await yuntu('import', mapping, '--rejects', join(folder, 'rejected'))).toMatchObject({
    code: 0,
  });
  const before = await canonicalLines(graph);
  const [companies, mine] = (await reported()) as [number, string];
  expect([companies > 0, mine]).toEqual([true, 'My company']);

  expect((await yuntu('drop', 'cloud100-2024')).out).toMatch(/^Dropped cloud100-2024: [1-9]\d*/);
  expect(await reported()).toEqual([0, 'My company']);

  const again = await yuntu('load-report');
  expect(again).toMatchObject({ code: 0, err: '' });
  expect(again.out).toMatch(/: [1-9]\d* nodes and .* created, 0 changed, 0 unchanged\.$/m);
  expect(await reported()).toEqual([companies, 'My company']);
  expect(await canonicalLines(graph)).toEqual(before);

  const twice = await yuntu('load-report');
  expect(twice.out).toMatch(/: 0 nodes and .* created, 0 changed, [1-9]\d* unchanged\.$/m);
  expect(await canonicalLines(graph)).toEqual(before);
}, 300_000);
