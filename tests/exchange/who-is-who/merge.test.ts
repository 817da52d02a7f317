import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { blueprint } from '../../../src/entities/blueprint';
import { importFiles } from '../../../src/exchange/import/import';
import { dropDataset } from '../../../src/exchange/journal/drop';
import { readMapping } from '../../../src/exchange/mapping/read-mapping';
import { merge, unmerge } from '../../../src/exchange/who-is-who/merge';
import { canonicalLines } from '../../support/canonical';
import { client } from '../../support/client';

/** An analyst finds that two lists name one company twice, and makes one of them. */
const { ask, graph, close } = client();
const folder = mkdtempSync(join(tmpdir(), 'yuntu-who-'));
const by = { by: 'an analyst' };

const companies = (dataset: string) => `
dataset: ${dataset}
source: { title: 'List ${dataset}' }
files:
  - file: ${dataset}-companies.csv
    loads:
      - noun: Place
        key: country
        onlyNew: true
        fields: { name: country, kind: { constant: COUNTRY } }
      - noun: Company
        key: key
        cite: true
        fields: { name: name, foundedOn: founded, city: city, aliases: { column: also, split: ';' }, externalIds: { domain: domain } }
        relations: { place: { key: country, optional: true } }
  - file: ${dataset}-rounds.csv
    loads:
      - noun: FundingRound
        key: round
        fields: { label: round, type: { constant: SEED }, announcedOn: date, certainty: { constant: STATED } }
        relations:
          company: { find: { name: company } }
          investors: { key: investor, noun: Company, edge: { lead: lead } }
`;

async function load(dataset: string) {
  const mapping = join(folder, `${dataset}.yaml`);
  writeFileSync(mapping, companies(dataset));
  return importFiles(graph, blueprint, await readMapping(mapping), {
    folder,
    rejects: join(folder, 'rejects'),
  });
}

const file = (name: string, ...rows: string[]) =>
  writeFileSync(join(folder, name), `${rows.join('\n')}\n`);

beforeAll(async () => {
  const head = 'key,name,founded,city,also,domain,country';
  file(
    'who-a-companies.csv',
    head,
    'acme,Acme,1999,Boston,,acme.example,w-us',
    'zeta-capital,Zeta Capital,2001,Boston,,,w-us',
  );
  file(
    'who-a-rounds.csv',
    'round,company,date,investor,lead',
    'acme-1,Acme,2005-01-02,zeta-capital,yes',
  );
  file(
    'who-b-companies.csv',
    head,
    'acme-inc,"Acme, Inc.",2000,,Acme Rockets,acme.test,w-de',
    'zeta,Zeta,2001,Berlin,,,w-de',
    'other,Other,,,,,w-de',
  );
  file(
    'who-b-rounds.csv',
    'round,company,date,investor,lead',
    'acme-1,"Acme, Inc.",2005-01-02,zeta,no',
    'acme-2,"Acme, Inc.",2006,zeta,no',
    'other-1,Other,2007,acme-inc,no',
  );
});

afterAll(async () => {
  for (const name of ['who-a', 'who-b']) await dropDataset(graph, blueprint, name).catch(() => {});
  await graph.write((run) => run('MATCH (f:FormerKey) DELETE f'));
  rmSync(folder, { recursive: true });
  await close();
});

const question = `{ company(key: "acme") { key name aliases city foundedOn externalIds { scheme value } place { key }
  datasets citations { source { title } } investments { nodes { key } }
  fundingRounds(orderBy: [{ label: ASC }]) { nodes { key } edges { node { key } } } } }`;

test('the lists say different things of one company', async () => {
  await load('who-a');
  const { kinds } = await load('who-b');
  expect(kinds.Company?.created).toBe(3);
});

const lines = async () =>
  (await canonicalLines(graph)).filter((line) => !line.startsWith('[["FormerKey'));

test('merged, every name of it leads to one company that has all that was said of both', async () => {
  const apart = await lines();
  const [told] = await merge(graph, blueprint, [{ old: 'acme-inc', into: 'Company:acme' }], by);
  expect(told).toMatchObject({ old: 'acme-inc', into: 'acme', already: false });
  expect(told?.disagreements).toEqual([
    {
      field: 'foundedOn',
      shown: '1999',
      others: [{ key: 'acme-inc', dataset: 'who-b', value: '2000' }],
    },
  ]);
  expect(told?.aside).toEqual(['BASED_IN Company:acme -> Place:w-de']);
  const { data } = await ask(question);
  expect(data.company).toMatchObject({
    key: 'acme',
    name: 'Acme',
    aliases: ['Acme Rockets', 'Acme, Inc.'],
    city: 'Boston',
    foundedOn: '1999',
    externalIds: [
      { scheme: 'domain', value: 'acme.example' },
      { scheme: 'domain', value: 'acme.test' },
    ],
    place: { key: 'w-us' },
    datasets: ['who-a', 'who-b'],
    citations: expect.arrayContaining([
      { source: { title: 'List who-a' } },
      { source: { title: 'List who-b' } },
    ]) as object,
    investments: { nodes: [{ key: 'other-1' }] },
    fundingRounds: { nodes: [{ key: 'acme-1' }, { key: 'acme-2' }] },
  });
  const again = await merge(graph, blueprint, [{ old: 'acme-inc', into: 'acme' }], by);
  expect(again).toMatchObject([{ already: true, edges: 0 }]);
  // Taken back, all is as it was.
  const together = await lines();
  await unmerge(graph, blueprint, 'Company:acme-inc');
  expect(await lines()).toEqual(apart);
  await merge(graph, blueprint, [{ old: 'acme-inc', into: 'acme' }], by);
  expect(await lines()).toEqual(together);
});

test('the old key finds it wherever a key can stand, and costs nothing where it does not', async () => {
  const { data, errors } = await ask(
    `query ($old: ID!, $id: ID!) {
      company(key: $old) { key }
      eq: companies(where: { key: { eq: $old } }) { totalCount }
      among: companies(where: { key: { in: [$old, "zeta"] } }) { totalCount }
      not: companies(where: { key: { ne: $old }, datasets: { has: "who-a" } }) { nodes { key } }
      ids: companies(where: { id: { eq: $id } }) { totalCount }
      far: fundingRounds(where: { company: { key: { eq: $old } } }) { totalCount }
      role: investors(where: { key: { in: [$old] } }) { nodes { key } }
      neighbours(of: [$id], first: 50) { edges { node { key } } }
      graph(seeds: [$id], known: [{ id: $id, x: 7, y: -7 }]) { nodes { key x y } }
      vague: graph(seeds: ["Entity:acme-inc"], depth: 0) { nodes { key } }
      paths(from: $id, to: "Place:w-us") { paths { length } }
    }`,
    { old: 'acme-inc', id: 'Company:acme-inc' },
  );
  expect(errors).toBeUndefined();
  expect(data).toMatchObject({
    company: { key: 'acme' },
    eq: { totalCount: 1 },
    among: { totalCount: 2 },
    not: { nodes: [{ key: 'zeta-capital' }] },
    ids: { totalCount: 1 },
    far: { totalCount: 2 },
    role: { nodes: [{ key: 'acme' }] },
  });
  expect(data.paths.paths[0]).toEqual({ length: 1 });
  expect(data.graph.nodes).toContainEqual({ key: 'acme', x: 7, y: -7 });
  expect(data.vague.nodes).toEqual([{ key: 'acme' }]);
  expect(data.neighbours.edges.length).toBeGreaterThan(0);
  const nodes = await ask(
    '{ nodes(ids: ["Company:acme-inc", "Company:zeta", "Company:no"]) { key } }',
  );
  expect(nodes.data.nodes).toEqual([{ key: 'acme' }, { key: 'zeta' }, null]);
  const node = await ask('{ node(id: "Company:acme-inc") { key } }');
  expect(node.data.node).toEqual({ key: 'acme' });
  for (const way of ['planned', 'tree', 'level'] as const) {
    const one = await ask('{ company(key: "acme-inc") { key } }', {}, way);
    expect(one.data.company).toEqual({ key: 'acme' });
    const present = graph.statements;
    expect((await ask('{ company(key: "acme") { key } }', {}, way)).data.company.key).toBe('acme');
    expect(graph.statements - present).toBe(1);
  }
});

test('an old key stands for the thing that bore it, not for one of another noun', async () => {
  // No company has the key of this model but the one that was merged away.
  await graph.write((run) =>
    run("CREATE (:FormerKey {id: 'Company:gpt-4', key: 'acme', into: 'acme'})"),
  );
  const { data } = await ask(`{ node(id: "Company:openai") {
    ... on Company { models(where: { key: { eq: "gpt-4" } }) { nodes { key } } }
    ... on Model { developers(where: { key: { eq: "gpt-4" } }) { nodes { key } } } } }`);
  expect(data.node.models.nodes).toEqual([{ key: 'gpt-4' }]);
  await graph.write((run) => run("MATCH (f:FormerKey {id: 'Company:gpt-4'}) DELETE f"));
});

test('the same files again change nothing, and find it by its old key and its old name', async () => {
  const again = await load('who-b');
  // The round that was another company's is this one's now.
  expect(again.faults).toEqual({});
  expect(again.total).toMatchObject({ created: 1, changed: 2 });
  const before = await lines();
  for (const dataset of ['who-a', 'who-b']) {
    const { total, rejected } = await load(dataset);
    expect({ ...total, rejected }).toMatchObject({ created: 0, changed: 0, rejected: 0 });
  }
  expect(await lines()).toEqual(before);
});

test('what one dataset said can still be taken back', async () => {
  const before = await lines();
  await dropDataset(graph, blueprint, 'who-b');
  const { data } = await ask(question);
  expect(data.company).toMatchObject({
    name: 'Acme',
    aliases: [],
    foundedOn: '1999',
    place: { key: 'w-us' },
    datasets: ['who-a'],
    investments: { nodes: [] },
    fundingRounds: { nodes: [{ key: 'acme-1' }] },
  });
  expect((await ask('{ investors(where: { key: { eq: "acme" } }) { totalCount } }')).data).toEqual({
    investors: { totalCount: 0 },
  });
  // The merge is a person's word: the dataset may come and go.
  await load('who-b');
  expect(await lines()).toEqual(before);
  await dropDataset(graph, blueprint, 'who-a');
  const left = (await ask(question)).data.company;
  expect(left).toMatchObject({ name: 'Acme, Inc.', foundedOn: '2000', place: { key: 'w-de' } });
  await load('who-a');
});
