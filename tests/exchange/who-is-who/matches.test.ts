import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { blueprint } from '../../../src/entities/blueprint';
import { importFiles } from '../../../src/exchange/import/import';
import { dropDataset } from '../../../src/exchange/journal/drop';
import { undoRun } from '../../../src/exchange/journal/undo';
import { readMapping } from '../../../src/exchange/mapping/read-mapping';
import { merge, unmerge } from '../../../src/exchange/who-is-who/merge';
import { canonicalLines } from '../../support/canonical';
import { client } from '../../support/client';
import { yuntu } from '../../support/command';

/** An analyst has two lists, asks what is likely the same, decides in a spreadsheet, and has it carried out. */
const { ask, graph, close } = client();
const folder = mkdtempSync(join(tmpdir(), 'yuntu-matches-'));
const by = { by: 'an analyst' };

const head = 'key,name,zh,city,founded,domain,over';
const lists: Record<string, readonly string[]> = {
  'list-a': [
    'qitu,Qitu Robotics,奇图机器人,Boston,1999,qitu.example,',
    'mirabel,Mirabel Software,,Paris,,,',
    'norvane,Norvane,,Oslo,2001-02,,qitu',
    'gorp-2,Gorp 2,,,,,',
    'tessarit,Tessarit,,Rome,2004,,',
  ],
  'list-b': [
    'qitu-inc,"Qitu Robotics, Inc.",,Boston,1999-05-01,,',
    'qitu-zh,奇图机器人有限公司,,,,,',
    'mirabel-sa,Mirabel,,Paris,,,',
    'norvanne,Norvanne,,Oslo,2001,,qitu-inc',
    'gorp-3,Gorp 3,,,,,',
    'tesserit,Tesserit,,Lima,1950,,',
    'renamed,Another Name,,,,qitu.example,',
  ],
};

async function load(dataset: string, rows = lists[dataset] ?? []) {
  writeFileSync(join(folder, `${dataset}.csv`), `${[head, ...rows].join('\n')}\n`);
  writeFileSync(
    join(folder, `${dataset}.yaml`),
    `dataset: ${dataset}
files:
  - file: ${dataset}.csv
    loads:
      - noun: Company
        key: key
        cite: true
        fields: { name: name, nameZh: zh, city: city, foundedOn: founded, externalIds: { domain: domain } }
        relations: { sameAs: { key: over, optional: true } }
`,
  );
  const mapping = await readMapping(join(folder, `${dataset}.yaml`));
  return importFiles(graph, blueprint, mapping, { folder, rejects: join(folder, 'rejects') });
}

type Row = Record<string, string>;
const file = join(folder, 'proposed.csv');
const decided = join(folder, 'matches.csv');
const rows = (): Row[] => parse<Row>(readFileSync(file, 'utf8'), { columns: true, bom: true });
const pairs = (all: readonly Row[]) =>
  all.map((row) => [[row.key, row.into].sort().join(' '), row.reason]).sort();
const lines = async () =>
  (await canonicalLines(graph)).filter((line) => !/^\[\["(FormerKey|ToldApart)/.test(line));

beforeAll(async () => {
  await load('list-a');
  await load('list-b');
}, 60_000);

afterAll(async () => {
  for (const name of Object.keys(lists)) await dropDataset(graph, blueprint, name).catch(() => {});
  await graph.write((run) => run('MATCH (f:FormerKey|ToldApart) DELETE f'));
  rmSync(folder, { recursive: true });
  await close();
});

test('what is likely the same is written down with its reason, and nothing is merged', async () => {
  const before = await lines();
  const { code, out } = await yuntu(
    'matches',
    '--noun',
    'Company',
    '--dataset',
    'list-b',
    '--least',
    '0.3',
    '--out',
    file,
  );
  expect(code).toBe(0);
  expect(out).toContain('Nothing is merged.');
  expect(await lines()).toEqual(before);
  expect(pairs(rows())).toEqual([
    ['mirabel mirabel-sa', 'name with or without its trade'],
    ['norvane norvanne', 'spelling'],
    ['norvanne qitu-inc', 'claimed'],
    ['qitu qitu-inc', 'normalised name'],
    ['qitu qitu-zh', 'normalised name'],
    ['qitu renamed', 'external id'],
    ['tessarit tesserit', 'spelling'],
  ]);
});

const decide = (decisions: Readonly<Record<string, string>>) => {
  const all = rows().map((row) => ({ ...row, accept: decisions[`${row.key} ${row.into}`] ?? '' }));
  writeFileSync(decided, `\ufeff${stringify(all, { header: true, delimiter: ';' })}`);
};

test('what was accepted is merged, what was told apart is not proposed again', async () => {
  expect(rows().find(({ key }) => key === 'qitu-inc')).toMatchObject({
    into: 'qitu',
    evidence: expect.stringContaining('same foundedOn 1999, city Boston') as string,
  });
  const before = await lines();
  decide({ 'qitu-inc qitu': 'yes', 'qitu-zh qitu': 'maybe' });
  const bad = await yuntu('matches', '--apply', decided);
  expect(bad).toMatchObject({ code: 2 });
  expect(bad.err).toMatch(/matches\.csv:\d+ accept: "maybe" is neither yes nor no/);
  expect(await lines()).toEqual(before);
  decide({
    'qitu-inc qitu': 'yes',
    'qitu-zh qitu': '是',
    'tesserit tessarit': 'no',
    'norvanne norvane': 'Y',
  });
  const dry = await yuntu('matches', '--apply', decided, '--dry-run');
  expect(dry.out).toContain('Would merge');
  expect(await lines()).toEqual(before);
  const done = await yuntu('matches', '--apply', decided, '--by', 'Ada', '--because', 'seen');
  expect(done.out).toMatch(
    /Merged 3; \d+ were merged before, 1 were told apart, \d+ are undecided/,
  );
  const { data } =
    await ask(`{ companies(where: { datasets: { hasAny: ["list-a", "list-b"] } }, first: 50) { nodes { key } }
    company(key: "qitu-zh") { key name nameZh aliases foundedOn sameAs { nodes { key } } } }`);
  expect(data.companies.nodes.map((each: { key: string }) => each.key).sort()).toEqual([
    'gorp-2',
    'gorp-3',
    'mirabel',
    'mirabel-sa',
    'norvane',
    'qitu',
    'renamed',
    'tessarit',
    'tesserit',
  ]);
  expect(data.company).toEqual({
    key: 'qitu',
    name: 'Qitu Robotics',
    nameZh: '奇图机器人',
    aliases: ['Qitu Robotics, Inc.', '奇图机器人有限公司'],
    foundedOn: '1999',
    sameAs: { nodes: [{ key: 'norvane' }] },
  });
  const together = await lines();
  const again = await yuntu('matches', '--apply', decided);
  expect(again.out).toContain('Merged 0;');
  expect(await lines()).toEqual(together);
  expect((await yuntu('merges')).out).toMatch(/Company qitu-inc -> qitu .* Ada {2}seen/);
  await yuntu(
    'matches',
    '--noun',
    'Company',
    '--dataset',
    'list-b',
    '--least',
    '0.3',
    '--out',
    file,
  );
  expect(pairs(rows())).toEqual([
    ['mirabel mirabel-sa', 'name with or without its trade'],
    ['norvane qitu', 'claimed'],
    ['qitu renamed', 'external id'],
  ]);
}, 60_000);

test('one of another order of trust shows what that one says', async () => {
  const before = await lines();
  const { out } = await yuntu('trust', 'list-b');
  expect(out).toContain('the most trusted first: list-b, ');
  const { data } = await ask('{ company(key: "qitu") { name aliases foundedOn } }');
  expect(data.company).toEqual({
    name: 'Qitu Robotics, Inc.',
    aliases: ['奇图机器人有限公司', 'Qitu Robotics'],
    foundedOn: '1999-05-01',
  });
  // A dataset that is believed first shows all that it says, and the same import again changes nothing.
  expect((await load('list-a')).total).toMatchObject({ created: 0, changed: 0 });
  expect((await load('list-b')).total).toMatchObject({ created: 0, changed: 0 });
  const wrong = await yuntu('trust', 'list-x');
  expect(wrong).toMatchObject({ code: 2 });
  expect(wrong.err).toContain('"list-x" is no dataset of this graph. Did you mean "list-');
  const [all] = (await graph.read('MATCH (d:Dataset) RETURN collect(d.name) AS row')).rows as [
    string[],
  ];
  await yuntu('trust', ...all.filter((name) => !name.startsWith('list-')), 'list-a', 'list-b');
  expect(await lines()).toEqual(before);
}, 60_000);

test('chains and circles of merges, and what cannot be one', async () => {
  const before = await lines();
  const one = (old: string, into: string) => merge(graph, blueprint, [{ old, into }], by);
  const why = async (old: string, into: string) =>
    (await one(old, into).catch((error: Error) => error.message)) as string;
  // A chain gives the same whichever link is made first.
  await one('gorp-2', 'gorp-3');
  await one('gorp-3', 'mirabel');
  const chained = await lines();
  expect((await ask('{ company(key: "gorp-2") { key } }')).data.company.key).toBe('mirabel');
  expect(await why('gorp-2', 'tessarit')).toContain('"gorp-2" was merged into "mirabel" before');
  expect(await one('mirabel', 'gorp-2')).toMatchObject([{ already: true }]);
  // With the middle one goes what had been merged into it.
  await unmerge(graph, blueprint, 'gorp-3');
  expect((await ask('{ company(key: "gorp-2") { key } }')).data.company.key).toBe('gorp-3');
  await unmerge(graph, blueprint, 'Company:gorp-2');
  expect(await lines()).toEqual(before);
  await one('gorp-3', 'mirabel');
  await one('gorp-2', 'gorp-3');
  expect(await lines()).toEqual(chained);
  await unmerge(graph, blueprint, 'gorp-2');
  await unmerge(graph, blueprint, 'gorp-3');
  expect(await lines()).toEqual(before);
  expect(await why('Company:miribel', 'gorp-2')).toContain('Did you mean "mirabel"?');
  expect(await why('Company:gorp-2', 'Model:gpt-4')).toContain('only two of one noun can be one');
  expect(await why('gorp-2', 'gorp-2')).toContain('is itself already');
  expect(await why('empyrean', 'unnamed-p11-eda')).toContain('has no name of its own');
  expect(await why('Source:cloud100-2024', 'Source:jingya')).toContain('never merged');
  expect(await why('Sector:ai-cloud-stack/content', 'ai-cloud-stack/application-layer')).toContain(
    'lead back to themselves',
  );
  await expect(unmerge(graph, blueprint, 'gorp-2')).rejects.toThrow('was not merged away');
  expect(await lines()).toEqual(before);
}, 60_000);

test('a run is undone exactly, though what it wrote was merged since', async () => {
  const before = await lines();
  const { run } = await load('list-b', [
    'qitu-inc,"Qitu, Inc.",,Berlin,1990,,',
    ...(lists['list-b'] ?? []).slice(1),
  ]);
  expect((await ask('{ company(key: "qitu") { aliases } }')).data.company.aliases).toContain(
    'Qitu, Inc.',
  );
  await undoRun(graph, blueprint, run);
  expect(await lines()).toEqual(before);
}, 60_000);
