import type { ChangeDef } from '../../src/derive/changes';
import { carryOut } from '../../src/curate/operation';
import { blueprint } from '../../src/entities/blueprint';
import { Graph } from '../../src/graph/graph';
import { restoreReport } from '../support/restored-report';
import { BoltProxy } from './bolt-proxy';

/** A curator whose answers are lost on the way from the database. */
const uri = process.env.YUNTU_TEST_NEO4J_URI as string;
const direct = new Graph({ uri });
let proxy: BoltProxy;
let graph: Graph;
beforeEach(async () => {
  proxy = await BoltProxy.open(uri);
  graph = new Graph({ uri: proxy.uri });
});
afterEach(async () => {
  await graph.close();
  await proxy.close();
});
afterAll(async () => {
  await direct.close();
  await restoreReport();
});

const def: ChangeDef = { kind: 'upsert', field: 'upsertCompany', noun: blueprint.get('Company') };
const put = (of: Graph, id: string, city: string) => {
  const citations = [{ source: 'cloud100-2024', page: 1 }];
  const input = { key: `lost-${id}`.replace(/-late$/, ''), name: 'Lost', city, citations };
  return carryOut(of, blueprint, { id, by: 'mei', changes: [{ def, input, path: 'input' }] });
};
const city = async (id: string) =>
  (await direct.read('MATCH (n:Company {key: $p.key}) RETURN n.city', { key: `lost-${id}` })).rows;

test('the answer to one COMMIT is lost: the operation is asked for again by itself, and is done once', async () => {
  let lost = 0;
  proxy.verdict = ({ from, answers }) =>
    from === 'server' && answers === 'COMMIT' && !lost++ ? 'cut' : 'pass';
  // Found changed already by its second try, it would say UNCHANGED.
  expect(await put(graph, 'one', 'Nice')).toMatchObject([{ outcome: 'CREATED' }]);
  expect(lost).toBeGreaterThan(0);
  expect(await city('one')).toEqual(['Nice']);
});

test('all answers to COMMIT are lost, and the caller is told; repeated later, it does not overwrite what came between', async () => {
  let lost = 0;
  proxy.verdict = ({ from, answers }) =>
    from === 'server' && answers === 'COMMIT' ? (lost++, 'cut') : 'pass';
  await expect(put(graph, 'all', 'Nice')).rejects.toMatchObject({
    code: expect.stringMatching(/^(DATABASE_UNAVAILABLE|TIMEOUT)$/) as string,
  });
  expect(lost).toBeGreaterThan(0);
  expect(await city('all')).toEqual(['Nice']);
  await put(direct, 'all-late', 'Rome');
  proxy.mend();
  expect(await put(graph, 'all', 'Nice')).toMatchObject([{ outcome: 'CREATED' }]);
  expect(await city('all')).toEqual(['Rome']);
});
