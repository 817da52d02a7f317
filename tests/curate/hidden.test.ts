import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { stringify } from 'yaml';
import { blueprint } from '../../src/entities/blueprint';
import { exportGraph } from '../../src/exchange/export';
import { folder as exportTo } from '../../src/exchange/export/files';
import { jsonLines } from '../../src/exchange/export/formats/json-lines';
import { importFiles } from '../../src/exchange/import/import';
import { dropDataset } from '../../src/exchange/journal/drop';
import { ImportRun } from '../../src/exchange/journal/run';
import { undoRun } from '../../src/exchange/journal/undo';
import { writeNodes } from '../../src/exchange/load/nodes';
import { parseMapping } from '../../src/exchange/mapping/read-mapping';
import { restoreGraph } from '../../src/exchange/restore/restore';
import { merge } from '../../src/exchange/who-is-who/merge';
import { canonicalLines } from '../support/canonical';
import { as, curating, type Curating } from '../support/curator';
import { restoreReport } from '../support/restored-report';

/** What a curator hides beside what others load: hidden, kept, shown on request. */
let server: Curating;
const folder = mkdtempSync(join(tmpdir(), 'yuntu-curate-'));
beforeAll(async () => {
  server = await curating();
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await server.close();
  await restoreReport();
});

interface Shown {
  readonly fields: { name: string; value: string }[];
  readonly links: { relation: string }[];
  readonly citations: object[];
}

const citations = [{ source: 'cloud100-2024', page: 1 }];
let operations = 0;
const change = (field: string, input: object) => {
  const type = `${field[0]?.toUpperCase()}${field.slice(1)}`;
  const [payload, given] = /^unlink/.test(field)
    ? ['Linked', 'UnlinkInput']
    : /^link/.test(field)
      ? ['Linked', `${type}Input`]
      : /^upsert/.test(field)
        ? [`${field.slice(6)}Upserted`, `${type}Input`]
        : ['Retracted', 'RetractInput'];
  return server.change(
    `mutation ($input: ${given}!, $operationId: ID!) { ${field}(input: $input, operationId: $operationId) { __typename ... on ChangeFailure { message } ... on Conflict { current { __typename key } } ... on NotFound { path didYouMean } ... on InvalidInput { faults { path message } } ... on ${payload} { outcome } } }`,
    { input, operationId: `hidden-${++operations}` },
  );
};
const edge = { certainty: 'STATED' };
const lines = () => canonicalLines(server.graph);

/** Loads companies with their places, as an analyst does. */
async function load(rows: string) {
  writeFileSync(join(folder, 'companies.csv'), `key,name,city,place\n${rows}`);
  const mapping = stringify({
    dataset: 'analyst',
    files: [
      {
        file: 'companies.csv',
        loads: [
          {
            noun: 'Company',
            key: 'key',
            fields: { name: 'name', city: 'city' },
            relations: { place: { key: 'place' } },
          },
        ],
      },
    ],
  });
  return importFiles(server.graph, blueprint, parseMapping(mapping, 'mapping.yaml'), { folder });
}

const company = `{ company(key: "zz-a") { name city datasets place { key } } }`;
const zzA = async () => (await server.ask(company)).data?.company;

describe('links', () => {
  test('a place with room for one: what was seen gives way, is kept, and can come back', async () => {
    await change('upsertCompany', { key: 'zz-link', name: 'Link', citations });
    const place = async () =>
      (
        await server.ask(
          '{ company(key: "zz-link") { place { key } placeEdge { certainty citations { page } } } }',
        )
      ).data?.company;
    const at = (to: string, more: object = {}) =>
      change('linkCompanyPlace', { from: 'zz-link', to, edge, citations, ...more });
    expect(await at('cn')).toMatchObject({ outcome: 'CREATED' });
    expect(await place()).toEqual({
      place: { key: 'cn' },
      placeEdge: { certainty: 'STATED', citations: [{ page: 1 }] },
    });
    expect(await at('us')).toMatchObject({
      __typename: 'Conflict',
      current: { __typename: 'Place', key: 'cn' },
    });
    expect(await at('us', { instead: 'hk' })).toMatchObject({ __typename: 'Conflict' });
    expect(await at('us', { instead: 'cn' })).toMatchObject({ outcome: 'CREATED' });
    expect((await place()).place).toEqual({ key: 'us' });
    expect(await at('cn', { instead: 'us' })).toMatchObject({ outcome: 'CHANGED' });
    expect((await place()).place).toEqual({ key: 'cn' });
    // Named by the opaque id, as ends are.
    const { id } = (await server.ask('{ place(key: "cn") { id } }')).data?.place as { id: string };
    expect(await at('us', { instead: id })).toMatchObject({ outcome: 'CHANGED' });
    expect(await at('cn', { instead: 'Place:us' })).toMatchObject({ outcome: 'CHANGED' });
    expect(await at('cn')).toMatchObject({ outcome: 'UNCHANGED' });
    expect(await at('cn', { onlyNew: true })).toMatchObject({ __typename: 'Conflict' });
  });

  test('what is not there is told with what is near it; what cannot be is told with its place', async () => {
    expect(
      await change('linkCompanyPlace', { from: 'moonshot-ia', to: 'cn', edge, citations }),
    ).toMatchObject({
      __typename: 'NotFound',
      path: 'input.from',
      didYouMean: ['Company:moonshot-ai'],
    });
    expect(
      await change('unlinkCompanySectors', {
        from: 'zz-link',
        to: 'ai-cloud-stack/content',
        reason: 'x',
      }),
    ).toMatchObject({ __typename: 'NotFound' });
    const circle = await change('linkSectorBroader', {
      from: 'ai-cloud-stack/application-layer',
      to: 'ai-cloud-stack/content',
      citations,
    });
    expect(circle).toMatchObject({
      __typename: 'InvalidInput',
      faults: [{ path: 'input.to', message: expect.stringContaining('leads back to itself') }],
    });
    expect(
      await change('linkCompanySameAs', { from: 'openai', to: 'openai', edge, citations }),
    ).toMatchObject({ faults: [{ message: '"openai" would lead to itself.' }] });
  });

  test('a bare key that names something hidden and something shown is several things', async () => {
    for (const noun of ['Company', 'Product'])
      await change(`upsert${noun}`, { key: 'zz-both', name: 'Both', citations });
    const hide = (id: string) => change('retract', { id, reason: 'x' });
    expect(await hide('Company:zz-both')).toMatchObject({ outcome: 'CHANGED' });
    for (const field of ['retract', 'restore'])
      expect(await change(field, { id: 'zz-both', reason: 'x' })).toMatchObject({
        __typename: 'InvalidInput',
        faults: [{ path: 'input.id', message: expect.stringMatching(/Company:zz-both, Product:/) }],
      });
    expect(await hide('Product:zz-both')).toMatchObject({ outcome: 'CHANGED' });
    expect(await hide('Company:zz-both')).toMatchObject({ outcome: 'UNCHANGED' });
    for (const noun of ['Company', 'Product'])
      expect(await change('restore', { id: `${noun}:zz-both`, reason: 'x' })).toMatchObject({
        outcome: 'CHANGED',
      });
  });

  test('a key plays a role once', async () => {
    for (const [noun, key] of [
      ['Company', 'zz-role'],
      ['InvestmentFirm', 'zz-role'],
    ] as const)
      await change(`upsert${noun}`, { key, name: 'Role', citations });
    await change('upsertFundingRound', {
      key: 'zz-round',
      label: 'A round',
      certainty: 'STATED',
      citations,
    });
    const invest = (from: string) =>
      change('linkInvestorInvestments', { from, to: 'zz-round', edge: { lead: true }, citations });
    expect(await invest('zz-role')).toMatchObject({ __typename: 'InvalidInput' });
    expect(await invest('Company:zz-role')).toMatchObject({ outcome: 'CREATED' });
    expect(await invest('InvestmentFirm:zz-role')).toMatchObject({
      faults: [{ path: 'input.from', message: expect.stringContaining('a key plays a role once') }],
    });
  });
});

describe('retracted', () => {
  const retract = (id: string) => change('retract', { id, reason: 'It is another.' });
  const restore = (id: string) => change('restore', { id, reason: 'It is this one.' });

  test('a key that several hidden things bear is told where it stands', async () => {
    for (const noun of ['Company', 'Person']) {
      await change(`upsert${noun}`, { key: 'zz-two', name: 'Two', citations });
      await retract(`${noun}:zz-two`);
    }
    const both = ['Company:zz-two', 'Person:zz-two'];
    const asked = { id: 'zz-two', reason: 'It is this one.' };
    expect(await change('restore', asked)).toMatchObject({ path: 'input.id', didYouMean: both });
    const among = await server.change(
      'mutation ($input: [ChangeInput!]!, $operationId: ID!) { change(input: $input, operationId: $operationId) { ... on NotFound { path didYouMean } } }',
      {
        input: [{ upsertCompany: { key: 'zz-one', name: 'One', citations } }, { restore: asked }],
        operationId: `hidden-${++operations}`,
      },
    );
    expect(among).toEqual({ path: 'input.1.restore.id', didYouMean: both });
    expect((await server.ask('{ company(key: "zz-one") { key } }')).data?.company).toBeNull();
    for (const id of both) await restore(id);
  });

  test('no question finds it, nor what led to it; restored, the graph is as it was', async () => {
    const before = await lines();
    const questions = `{
      company(key: "zhipu-ai") { key }
      node(id: "Company:zhipu-ai") { id }
      search(text: "智谱") { nodes { ... on Entity { key } } }
      companies(where: { models: { some: { key: { startsWith: "glm" } } } }) { totalCount }
      models(where: { developer: { key: { eq: "zhipu-ai" } } }) { totalCount }
      model(key: "glm-4") { developers { nodes { key } } }
      neighbours(of: ["Model:glm-4"]) { nodes { ... on Entity { key } } }
    }`;
    const found = JSON.stringify((await server.ask(questions)).data);
    expect(found).toContain('zhipu-ai');
    expect(await retract('Company:zhipu-ai')).toMatchObject({ outcome: 'CHANGED' });
    const { data } = await server.ask(questions);
    expect(JSON.stringify(data)).not.toContain('zhipu-ai');
    expect(data).toMatchObject({
      company: null,
      node: null,
      companies: { totalCount: 0 },
      models: { totalCount: 0 },
      model: { developers: { nodes: [] } },
    });
    expect(await retract('Company:zhipu-ai')).toMatchObject({ outcome: 'UNCHANGED' });
    expect(await change('upsertCompany', { key: 'zhipu-ai', city: 'X', citations })).toMatchObject({
      __typename: 'Conflict',
    });
    expect(
      await change('linkCompanyPlace', { from: 'zhipu-ai', to: 'cn', edge, citations }),
    ).toMatchObject({
      __typename: 'NotFound',
      message: '"zhipu-ai" was retracted; restore shows it again.',
    });
    expect(await restore('Company:zhipu-ai')).toMatchObject({ outcome: 'CHANGED' });
    expect(JSON.stringify((await server.ask(questions)).data)).toBe(found);
    expect(await lines()).toEqual(before);
  });

  test('it is shown on request, whole, with why; who did it is told to curators', async () => {
    const { data: was } = await server.ask(
      '{ company(key: "moonshot-ai") { id nameZh models(first: 100) { totalCount } citations { page } } }',
    );
    await retract('Company:moonshot-ai');
    const query = `query ($after: String) {
      retractions(ids: ["Company:moonshot-ai"]) {
        totalCount
        nodes { id key type label labelZh reason by operationId fields { name value } links { relation forward id label } citations { page source { key } } }
      }
      all: retractions(first: 1, after: $after) { nodes { key } pageInfo { hasNextPage endCursor } }
    }`;
    const { body } = await server.post({ query }, as.curator);
    const { totalCount, nodes } = body.data?.retractions as { totalCount: number; nodes: Shown[] };
    expect(totalCount).toBe(1);
    const [shown] = nodes as [Shown];
    expect(shown).toMatchObject({
      id: was?.company.id as string,
      key: 'moonshot-ai',
      type: 'COMPANY',
      labelZh: was?.company.nameZh as string,
      reason: 'It is another.',
      by: 'mei',
      operationId: `hidden-${operations}`,
    });
    expect(shown.fields).toContainEqual({ name: 'nameZh', value: was?.company.nameZh as string });
    expect(shown.links.filter(({ relation }) => relation === 'DEVELOPS')).toHaveLength(
      was?.company.models.totalCount as number,
    );
    expect(shown.citations).toHaveLength((was?.company.citations as unknown[]).length);
    // The same question of somebody else is not given the curator's answer.
    const { data: others } = await server.ask(query);
    expect(others?.retractions.nodes).toEqual([{ ...shown, by: null }]);
    await retract('Company:minimax');
    const first = (await server.ask(query)).data?.all;
    expect(first).toMatchObject({ nodes: [{ key: 'minimax' }], pageInfo: { hasNextPage: true } });
    const second = (await server.ask(query, { after: first.pageInfo.endCursor })).data?.all;
    expect(second.nodes).toEqual([{ key: 'moonshot-ai' }]);
    for (const key of ['minimax', 'moonshot-ai']) await restore(`Company:${key}`);
    expect((await server.ask(query)).data?.retractions).toEqual({ totalCount: 0, nodes: [] });
  });

  test('what was done is told to curators, and to nobody else', async () => {
    const query =
      '{ operations(of: "Company:minimax", first: 1) { totalCount nodes { id by changes ids input } pageInfo { hasNextPage } } }';
    const { data } = (await server.post({ query }, as.curator)).body;
    expect(data?.operations).toMatchObject({
      totalCount: 2,
      nodes: [
        { by: 'mei', changes: ['restore'], input: expect.stringContaining('It is this one.') },
      ],
      pageInfo: { hasNextPage: true },
    });
    for (const headers of [{}, as.reader]) {
      const { body } = await server.post({ query }, headers);
      expect([body.data, body.errors?.[0]?.extensions.code]).toEqual([null, 'FORBIDDEN']);
    }
  });

  test('two that lead to each other come back whole, whichever comes first; what was unlinked stays so', async () => {
    const before = await lines();
    await retract('Company:zhipu-ai');
    await retract('Model:glm-4');
    await restore('Company:zhipu-ai');
    await restore('Model:glm-4');
    expect(await lines()).toEqual(before);
    const linked = async () =>
      (await server.ask('{ model(key: "glm-4") { developers { nodes { key } } } }')).data?.model
        .developers.nodes;
    const ends = { from: 'zhipu-ai', to: 'glm-4' };
    expect(await linked()).toEqual([{ key: 'zhipu-ai' }]);
    await change('unlinkCompanyModels', { ...ends, reason: 'Not theirs.' });
    await retract('Model:glm-4');
    await restore('Model:glm-4');
    expect(await linked()).toEqual([]);
    await change('linkCompanyModels', { ...ends, edge, citations });
    expect(await linked()).toEqual([{ key: 'zhipu-ai' }]);
  });

  test('what took a place for one meanwhile stays, and is told', async () => {
    for (const key of ['zz-hid', 'zz-came'])
      await change('upsertCompany', { key, name: key, citations });
    await change('upsertFundingRound', {
      key: 'zz-claimed',
      label: 'A round',
      certainty: 'STATED',
      citations,
    });
    const link = (from: string) =>
      change('linkCompanyFundingRounds', { from, to: 'zz-claimed', citations });
    const raisedBy = async () =>
      (
        await server.ask(
          '{ companies(where: { fundingRounds: { some: { key: { eq: "zz-claimed" } } } }) { nodes { key } } }',
        )
      ).data?.companies.nodes;
    await link('zz-hid');
    await retract('Company:zz-hid');
    expect(await link('zz-came')).toMatchObject({ outcome: 'CREATED' });
    const before = await lines();
    expect(await restore('Company:zz-hid')).toMatchObject({
      __typename: 'Conflict',
      message: expect.stringMatching(/"FundingRound:zz-claimed" has one .*"Company:zz-came"/),
      current: { __typename: 'Company', key: 'zz-came' },
    });
    expect(await lines()).toEqual(before);
    expect(await raisedBy()).toEqual([{ key: 'zz-came' }]);
    await change('unlinkCompanyFundingRounds', {
      from: 'zz-came',
      to: 'zz-claimed',
      reason: 'Not theirs.',
    });
    expect(await restore('Company:zz-hid')).toMatchObject({ outcome: 'CHANGED' });
    expect(await raisedBy()).toEqual([{ key: 'zz-hid' }]);
  });

  test('what would lead back to itself by what was linked meanwhile stays hidden', async () => {
    const keys = ['zz-tree/a', 'zz-tree/b', 'zz-tree/c'] as const;
    for (const key of keys) await change('upsertSector', { key, name: key, citations });
    const [a, b, c] = keys;
    const under = (from: string, to: string) =>
      change('linkSectorBroader', { from, to, citations });
    await under(a, b);
    await under(b, c);
    await retract(`Sector:${b}`);
    expect(await under(c, a)).toMatchObject({ outcome: 'CREATED' });
    expect(await restore(`Sector:${b}`)).toMatchObject({
      __typename: 'Conflict',
      message: expect.stringContaining('"Sector:zz-tree/b" would lead back to itself'),
    });
    await change('unlinkSectorBroader', { from: c, to: a, reason: 'It is the other way.' });
    expect(await restore(`Sector:${b}`)).toMatchObject({ outcome: 'CHANGED' });
  });

  test('a fact of a source is not found through the source either', async () => {
    const count = async () =>
      (await server.ask('{ source(key: "cloud100-2024") { facts { totalCount } } }')).data?.source
        .facts.totalCount as number;
    const [fact] = (await server.ask('{ listings(first: 1) { nodes { id } } }')).data?.listings
      .nodes as { id: string }[];
    const before = await count();
    await retract(fact?.id ?? '');
    expect(await count()).toBe(before - 1);
    await restore(fact?.id ?? '');
    expect(await count()).toBe(before);
  });
});

describe('beside imports', () => {
  beforeAll(() => dropDataset(server.graph, blueprint, 'curated').catch(() => {}));

  test('the curator is believed first; the import keeps its word, and gets it back', async () => {
    const before = await lines();
    const { run } = await load('zz-a,A,Paris,us\nzz-b,B,Lyon,us\n');
    await change('upsertCompany', {
      key: 'zz-a',
      city: 'Nice',
      citations,
      seen: { city: 'Paris' },
    });
    await change('linkCompanyPlace', { from: 'zz-a', to: 'cn', instead: 'us', edge, citations });
    const curatedA = {
      name: 'A',
      city: 'Nice',
      datasets: ['analyst', 'curated'],
      place: { key: 'cn' },
    };
    expect(await zzA()).toEqual(curatedA);
    // Loaded again, the file changes nothing of it, and its row is not at fault.
    expect(await load('zz-a,A,Paris,us\nzz-b,B,Lyon,us\n')).toMatchObject({
      total: { created: 0, changed: 0 },
      rejected: 0,
    });
    expect(await zzA()).toEqual(curatedA);
    // A newer file changes what the curator has not spoken of.
    const newer = await load('zz-a,A2,Rome,us\nzz-b,B,Lyon,us\n');
    expect(newer).toMatchObject({ kinds: { Company: { changed: 1 } }, rejected: 0 });
    expect(await zzA()).toEqual({ ...curatedA, name: 'A2' });
    await undoRun(server.graph, blueprint, newer.run);
    expect(await zzA()).toEqual(curatedA);
    await dropDataset(server.graph, blueprint, 'curated');
    expect(await zzA()).toMatchObject({ city: 'Paris', datasets: ['analyst'] });
    await change('linkCompanyPlace', { from: 'zz-a', to: 'us', edge, citations });
    expect(await zzA()).toMatchObject({ place: { key: 'us' } });
    await dropDataset(server.graph, blueprint, 'curated');
    await undoRun(server.graph, blueprint, run);
    const left = (await lines()).filter((line) => !before.includes(line));
    expect(left).toEqual([]);
  });

  test('a curator and an import that write the same at the same time: both words are kept', async () => {
    await load('zz-a,A,Paris,us\n');
    // Curators have written before, so an import knows of them.
    await change('upsertCompany', { key: 'zz-c', name: 'C', citations });
    const set = { dataset: 'analyst', fingerprint: 'by hand', files: [] };
    const run = await ImportRun.begin(server.graph, blueprint, set, { resume: false, dry: false });
    let hasRead: () => void = () => {};
    const read = new Promise<void>((resolve) => (hasRead = resolve));
    // Between reading what is there and writing what is to be, the import takes its time.
    const batch = run.batch(1, async (writing) => {
      const slowly: typeof writing.run = async (text, p) => {
        if (/SET n \+= /.test(text)) {
          hasRead();
          await wait(700);
        }
        return writing.run(text, p);
      };
      const columns = { name: 'A3', nameFolded: 'a3' };
      await writeNodes({ ...writing, run: slowly }, blueprint.get('Company'), [
        { key: 'zz-a', columns },
      ]);
      return { rejected: [], untried: 0 };
    });
    await read;
    const [made] = await Promise.all([
      change('upsertCompany', { key: 'zz-a', city: 'Nice', citations }),
      batch,
    ]);
    expect(made).toMatchObject({ outcome: 'CHANGED' });
    expect(await zzA()).toMatchObject({
      name: 'A3',
      city: 'Nice',
      datasets: ['analyst', 'curated'],
    });
    await dropDataset(server.graph, blueprint, 'curated');
    expect(await zzA()).toMatchObject({ name: 'A3', city: 'Paris', datasets: ['analyst'] });
    await dropDataset(server.graph, blueprint, 'analyst');
  });

  test('what an export holds does not bring back what was retracted since', async () => {
    await exportGraph(server.graph, blueprint, jsonLines, exportTo(folder));
    const file = join(folder, 'graph.jsonl');
    const before = await lines();
    for (const id of ['Company:zhipu-ai', 'Model:gpt-4'])
      await change('retract', { id, reason: 'Not real.' });
    const hidden = await lines();
    const { total } = await restoreGraph(server.graph, blueprint, file, { merge: true });
    expect(total).toMatchObject({ created: 0, changed: 0 });
    expect(await lines()).toEqual(hidden);
    for (const id of ['Company:zhipu-ai', 'Model:gpt-4'])
      await change('restore', { id, reason: 'Real.' });
    expect(await lines()).toEqual(before);
  });

  test('a key that was merged away leads a curator to what it is now', async () => {
    for (const key of ['zz-old', 'zz-new'])
      await change('upsertCompany', { key, name: key, citations });
    await merge(server.graph, blueprint, [{ old: 'zz-old', into: 'zz-new' }], { by: 'a test' });
    expect(await change('upsertCompany', { key: 'zz-old', city: 'Nice', citations })).toMatchObject(
      {
        outcome: 'CHANGED',
      },
    );
    expect(
      await change('linkCompanyPlace', { from: 'zz-old', to: 'cn', edge, citations }),
    ).toMatchObject({ outcome: 'CREATED' });
    const { data } = await server.ask('{ company(key: "zz-new") { key city place { key } } }');
    expect(data?.company).toEqual({ key: 'zz-new', city: 'Nice', place: { key: 'cn' } });
    expect(await change('retract', { id: 'Company:zz-new', reason: 'Not real.' })).toMatchObject({
      outcome: 'CHANGED',
    });
    // The old name still leads there.
    expect(
      await change('linkCompanyPlace', { from: 'zz-old', to: 'us', edge, citations }),
    ).toMatchObject({ message: '"zz-old" was retracted; restore shows it again.' });
    const byOld = { id: 'Company:zz-old', reason: 'Real.' };
    expect(await change('retract', byOld)).toMatchObject({ outcome: 'UNCHANGED' });
    expect(await change('restore', byOld)).toMatchObject({ outcome: 'CHANGED' });
    expect(await change('retract', byOld)).toMatchObject({ outcome: 'CHANGED' });
    // Nor does a file that knows it by its old name bring it back.
    const late = await load('zz-old,A,Paris,us\n');
    expect([late.rejected, late.kinds.Company]).toEqual([1, undefined]);
    await change('restore', { id: 'Company:zz-new', reason: 'Real.' });
    await dropDataset(server.graph, blueprint, 'analyst');
  });

  test('no import goes by the name of what curators say', async () => {
    writeFileSync(join(folder, 'own.csv'), 'key,name\nzz-a,A\n');
    const mapping = parseMapping(
      'dataset: curated\nfiles: [{ file: own.csv, loads: [{ noun: Company, key: key, fields: { name: name } }] }]',
      'mapping.yaml',
    );
    await expect(importFiles(server.graph, blueprint, mapping, { folder })).rejects.toThrow(
      '"curated" is what curators say',
    );
  });

  test('an import does not bring back what was retracted, and says so; undo and drop reach it', async () => {
    const before = await lines();
    const { run } = await load('zz-a,A,Paris,us\nzz-b,B,Lyon,us\n');
    await change('retract', { id: 'Company:zz-a', reason: 'Not real.' });
    const again = await load('zz-a,A,Paris,us\nzz-b,B,Lyon,us\n');
    expect(again).toMatchObject({ total: { created: 0, changed: 0 }, rejected: 1 });
    expect(again.faults.retracted?.examples.join()).toContain(
      '"Company:zz-a" was retracted by a curator and stays hidden.',
    );
    expect(await zzA()).toBeNull();
    await undoRun(server.graph, blueprint, run);
    expect((await lines()).filter((line) => !line.includes('Retraction'))).toEqual(before);
    await load('zz-b,B,Lyon,us\n');
    await change('retract', { id: 'Company:zz-b', reason: 'Not real.' });
    await dropDataset(server.graph, blueprint, 'analyst');
    expect((await lines()).filter((line) => !line.includes('Retraction'))).toEqual(before);
    // Nothing is left of them but that they were retracted; that too can be taken back.
    for (const id of ['Company:zz-a', 'Company:zz-b'])
      expect(await change('restore', { id, reason: 'So be it.' })).toMatchObject({
        outcome: 'CHANGED',
      });
    expect(await lines()).toEqual(before);
  });
});

test('a relationship that is no claim lends its citations to the fact at its end', async () => {
  const round = { key: 'zz-lent', label: 'A round', certainty: 'STATED', citations };
  await change('upsertFundingRound', round);
  const page = {
    from: 'moonshot-ai',
    to: 'zz-lent',
    citations: [{ source: 'cloud100-2024', page: 2 }],
  };
  expect(await change('linkCompanyFundingRounds', page)).toMatchObject({ outcome: 'CREATED' });
  const { data } = await server.ask('{ fundingRound(key: "zz-lent") { citations { page } } }');
  expect(data?.fundingRound.citations).toEqual([{ page: 1 }, { page: 2 }]);
});

test('several changes are made all together, or none of them', async () => {
  const several = (input: object[], operationId: string) =>
    server.change(
      `mutation ($input: [ChangeInput!]!, $operationId: ID!) { change(input: $input, operationId: $operationId) { __typename ... on ChangeFailure { message } ... on NotFound { path } ... on Changed { results { change outcome id node { __typename key } to { key } } } } }`,
      { input, operationId },
    );
  const round = { key: 'zz-several', label: 'A round', certainty: 'STATED', citations };
  const made = { upsertFundingRound: round };
  const linked = (from: string) => ({
    linkCompanyFundingRounds: { from, to: 'zz-several', citations },
  });
  const before = await lines();
  expect(await several([made, linked('moonshot-ia')], 'several-1')).toMatchObject({
    __typename: 'NotFound',
    path: 'input.1.linkCompanyFundingRounds.from',
  });
  expect(await lines()).toEqual(before);
  expect(await several([{ ...made, ...linked('moonshot-ai') }], 'several-1')).toMatchObject({
    __typename: 'InvalidInput',
  });
  // The id of what failed is free.
  const done = await several([made, linked('moonshot-ai')], 'several-1');
  expect(done.results).toMatchObject([
    { change: 'upsertFundingRound', outcome: 'CREATED', node: { key: 'zz-several' }, to: null },
    {
      change: 'linkCompanyFundingRounds',
      outcome: 'CREATED',
      node: { key: 'moonshot-ai' },
      to: { key: 'zz-several' },
    },
  ]);
  expect(
    (await server.ask('{ fundingRound(key: "zz-several") { company { key } } }')).data,
  ).toEqual({
    fundingRound: { company: { key: 'moonshot-ai' } },
  });
});
