import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importFiles } from '../../../src/exchange/import/import';
import { dropDataset } from '../../../src/exchange/journal/drop';
import { parseMapping } from '../../../src/exchange/mapping/read-mapping';
import { suggestMapping } from '../../../src/exchange/mapping/suggest';
import { blueprint } from '../../../src/entities/blueprint';
import { client } from '../../support/client';

const { ask, graph, close } = client();
const folder = mkdtempSync(join(tmpdir(), 'yuntu-suggest-'));
afterAll(async () => {
  await dropDataset(graph, blueprint, 'clouds').catch(() => {});
  rmSync(folder, { recursive: true });
  await close();
});

test('Chinese columns, units in their names and another delimiter are seen', async () => {
  writeFileSync(
    join(folder, 'clouds.csv'),
    '公司名称;城市;成立时间;总融资额(万元)\n壹云;北京;2023年3月1日;1,000\n贰云;上海;2019年6月30日;2.5\n',
  );
  const draft = await suggestMapping(blueprint, join(folder, 'clouds.csv'));
  const report = await importFiles(graph, blueprint, parseMapping(draft, 'draft.yaml'), { folder });
  expect(report).toMatchObject({ state: 'DONE', rejected: 0 });
  const { data } = await ask(`{
    companies(where: { datasets: { has: "clouds" } }, orderBy: [{ foundedOn: ASC }]) {
      nodes { name city foundedOn fundingTotal { amount currency } }
    }
  }`);
  const money = (amount: number) => ({ amount, currency: 'CNY' });
  expect(data.companies.nodes).toEqual([
    { name: '贰云', city: '上海', foundedOn: '2019-06-30', fundingTotal: money(25_000) },
    { name: '壹云', city: '北京', foundedOn: '2023-03-01', fundingTotal: money(10_000_000) },
  ]);
  await dropDataset(graph, blueprint, 'clouds');
});

test('amounts that name their currency are not given another', async () => {
  writeFileSync(join(folder, 'clouds.csv'), 'name,funding total\nOne,3亿元\nTwo,€5m\n');
  const draft = await suggestMapping(blueprint, join(folder, 'clouds.csv'));
  expect(draft).toMatch(/fundingTotal: funding total/);
  expect(draft).not.toMatch(/currency/);
});

test('a draft made from a file loads it: fields by name and look, the rest kept as it is', async () => {
  writeFileSync(
    join(folder, 'clouds.csv'),
    'id,name,status,founded,funding total (EUR),city,motto\n' +
      'zz-one,One Cloud,operating,31/12/2019,"1,200,000",Paris,Be first\n' +
      'zz-two,Two Clouds,closed,01/02/2020,3.5M,Lyon,\n',
  );
  const draft = await suggestMapping(blueprint, join(folder, 'clouds.csv'));
  expect(draft).toMatch(/# Kept in `extra` as they are: motto/);
  const report = await importFiles(graph, blueprint, parseMapping(draft, 'draft.yaml'), { folder });
  expect(report).toMatchObject({ state: 'DONE', rejected: 0 });
  const { data } = await ask(`{
    companies(where: { datasets: { has: "clouds" } }) {
      nodes { key name status foundedOn fundingTotal { amount currency } city extra { name value } }
    }
  }`);
  expect(data.companies.nodes).toEqual([
    {
      key: 'zz-one',
      name: 'One Cloud',
      status: 'OPERATING',
      foundedOn: '2019-12-31',
      fundingTotal: { amount: 1_200_000, currency: 'EUR' },
      city: 'Paris',
      extra: [{ name: 'motto', value: 'Be first' }],
    },
    {
      key: 'zz-two',
      name: 'Two Clouds',
      status: 'CLOSED',
      foundedOn: '2020-02-01',
      fundingTotal: { amount: 3_500_000, currency: 'EUR' },
      city: 'Lyon',
      extra: [],
    },
  ]);
});
