import { blueprint as known } from '../../src/entities/blueprint';
import { Blueprint, Node, one, Property, Relation } from '../../src/blueprint';
import { constraintsOf } from '../../src/derive/constraints';
import { interfaces, nouns } from '../../src/entities';
import { Entity } from '../../src/entities/common/entity';
import { Company } from '../../src/entities/company/company';
import { loadDataset } from '../../src/exchange/dataset';
import { prepare } from '../../src/graph/prepare';
import { createServer } from '../../src/server';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { client } from '../support/client';

/** The recipe of docs/add-a-noun.md: one class, one line in the register, and this test. */
@Node({
  plural: 'dataCentres',
  nameZh: '数据中心',
  description: 'A building full of computers.',
  implements: () => [Entity],
})
class DataCentre {
  @Property('float', 'The power that it draws, in megawatts.')
  readonly megawatts?: number;

  @Relation(() => Company, {
    along: 'OPERATED_BY',
    one: true,
    back: { name: 'dataCentres', one: false, description: 'The data centres that it operates.' },
    description: 'Who operates it.',
  })
  readonly operator?: Company;
}

const blueprint = new Blueprint([...interfaces, ...nouns, DataCentre]);
const { ask, graph, close } = client(blueprint);
afterAll(async () => {
  await graph.write((run) =>
    run(
      'MATCH (n) WHERE n.datasets = ["centres"] OR n:Dataset AND n.name = "centres" DETACH DELETE n',
    ),
  );
  await close();
});

test('a noun that was added is loaded, found, filtered, ordered, grouped and reached from the other side', async () => {
  await prepare(graph, constraintsOf(blueprint));
  const folder = await mkdtemp(join(tmpdir(), 'yuntu-'));
  await writeFile(join(folder, 'dataset.yaml'), 'dataset: centres\n');
  await writeFile(
    join(folder, 'companies.yaml'),
    'noun: Company\nrows:\n  - { key: cloud-operator, name: Cloud Operator }\n',
  );
  await writeFile(
    join(folder, 'centres.yaml'),
    'noun: DataCentre\nrows:\n  - { key: north, name: North, megawatts: 40, operator: cloud-operator }\n  - { key: south, name: South, operator: cloud-operator }\n',
  );
  expect((await loadDataset(graph, blueprint, folder)).total.created).toBe(5);
  const { data, errors } = await ask(`{
    dataCentre(key: "north") { id name megawatts operator { key } }
    dataCentres(where: { operator: { name: { contains: "OPERATOR" } } }, orderBy: [{ megawatts: DESC }]) { totalCount number(of: MEGAWATTS, fn: SUM) nodes { key } }
    dataCentreGroups(by: [{ operator: { key: true } }]) { nodes { count keys { value } } }
    company(key: "cloud-operator") { dataCentres { nodes { key } } }
  }`);
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    dataCentre: {
      id: expect.any(String),
      name: 'North',
      megawatts: 40,
      operator: { key: 'cloud-operator' },
    },
    dataCentres: { totalCount: 2, number: 40, nodes: [{ key: 'north' }, { key: 'south' }] },
    dataCentreGroups: { nodes: [{ count: 2, keys: [{ value: 'cloud-operator' }] }] },
    company: { dataCentres: { nodes: [{ key: 'north' }, { key: 'south' }] } },
  });
});

test('the page of pictures calls it by its Chinese name', async () => {
  const { app, close: end } = await createServer({ graph, blueprint });
  const origin = await app.listen({ host: '127.0.0.1', port: 0 });
  const names = await (await fetch(`${origin}/explore/nouns.js`)).text();
  await end();
  expect(names).toContain('"DataCentre":"数据中心"');
});

describe('a declaration that makes no sense is told when the blueprint is read', () => {
  const noun = (add: (target: { prototype: object }) => void): (() => Blueprint) => {
    class Odd {}
    Node({ plural: 'odds', nameZh: '', description: '', implements: () => [Entity] })(Odd);
    add(Odd);
    return () => new Blueprint([...interfaces, ...nouns, Odd]);
  };

  test('a relation to what is not in the register', () =>
    expect(
      noun(({ prototype }) =>
        Relation(() => DataCentre, { along: 'NEAR', description: '' })(prototype, 'near'),
      ),
    ).toThrow('Odd.near leads to DataCentre, which is not in the register.'));

  test('a field that is there already', () =>
    expect(
      noun(({ prototype }) =>
        Relation(() => Company, { along: 'MADE_BY', back: one('models', ''), description: '' })(
          prototype,
          'maker',
        ),
      ),
    ).toThrow('Company.models is declared twice'));
});

test('the register holds every noun once', () => {
  expect(new Set(known.nouns.map((noun) => noun.name)).size).toBe(nouns.length);
});
