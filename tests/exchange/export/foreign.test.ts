import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportGraph, formats } from '../../../src/exchange/export';
import { folder } from '../../../src/exchange/export/files';
import { client } from '../../support/client';
import { hasPython, python } from '../../support/python';

const { graph, parts, ask, close } = client();
let out: string;

/** A company whose name is everything that a format could stumble over. */
const name = `=1+1 "quoted" 'single' <b>&amp; ]]> \\u0041 \\ 云图 \u{1F680}, ; | \t \r\n \u2028 end`;
const odd = 'odd-company';

beforeAll(async () => {
  out = await mkdtemp(join(tmpdir(), 'yuntu-export-'));
  await graph.write((run) =>
    run(
      `CREATE (:Company:Entity {key: $p.odd, name: $p.name,
      nameFolded: toLower($p.name), aliases: ['a|b', 'c'], fundingTotalAmount: 1e21, fundingTotalCurrency: 'CNY'})`,
      { odd, name },
    ),
  );
  await graph.write((run) =>
    run(
      `MATCH (c:Company {key: $p.odd}) CREATE (:Person:Entity:Investor {key: $p.odd, name: 'Li',
      nameFolded: 'li'})-[:WORKS_AT {title: 'CTO', from: '2021-03', to: '2022', certainty: 'STATED'}]->(c)`,
      { odd },
    ),
  );
  await graph.write((run) =>
    run(
      "CREATE (:Company:Entity {key: 'ids', name: 'Ids', nameFolded: 'ids', externalIds: ['domain=a=b.example', 'lei=']})",
    ),
  );
  for (const format of formats) await exportGraph(graph, parts.blueprint, format, folder(out));
});
afterAll(async () => {
  await graph.write((run) =>
    run('MATCH (n) WHERE n.key IN $p.keys DETACH DELETE n', { keys: [odd, 'ids'] }),
  );
  await close();
  await rm(out, { recursive: true });
});

/** Nodes that are nouns; how datasets came here is not exported. */
async function counts(): Promise<{ nodes: number; edges: number }> {
  const { rows } = await graph.read(
    'RETURN [COUNT { (n) WHERE n:Entity OR n:Fact OR n:Citation }, COUNT { ()-->() }] AS row',
  );
  const [nodes, edges] = rows[0] as [number, number];
  return { nodes, edges };
}

const foreign = hasPython ? test : test.skip;

foreign('NetworkX reads GraphML and GEXF whole, with every odd character', async () => {
  const read = python<
    Record<string, { nodes: number; edges: number; name: string; qwen: unknown; job: object }>
  >(
    ['networkx==3.3'],
    `
import json, sys
import networkx as nx
out = json.load(sys.stdin)
answer = {}
for form, reader in (('graphml', nx.read_graphml), ('gexf', nx.read_gexf)):
    g = reader(out + '/graph.' + form)
    company = g.nodes['Company:${odd}']
    edge = g.get_edge_data('Company:alibaba', 'Model:qwen-long')
    edge = next(iter(edge.values())) if g.is_multigraph() else edge
    job = g.get_edge_data('Person:${odd}', 'Company:${odd}')
    job = next(iter(job.values())) if g.is_multigraph() else job
    answer[form] = dict(job={k: job.get(k) for k in ('title', 'from', 'to')}, nodes=len(g), edges=g.size(), name=company['name'], qwen=edge.get('type') or edge.get('label'))
print(json.dumps(answer))
`,
    out,
  );
  const job = { title: 'CTO', from: '2021-03', to: '2022' };
  const expected = { ...(await counts()), name, qwen: 'DEVELOPS', job };
  expect(read).toEqual({ graphml: expected, gexf: expected });
});

foreign(
  'RDFLib reads Turtle and JSON-LD: the same triples, in words that others know',
  async () => {
    const read = python<Record<string, unknown>>(
      ['rdflib==7.1.1'],
      `
import json, sys
from rdflib import Graph, URIRef, Literal, SKOS, RDF, Namespace
from rdflib.compare import isomorphic
out = json.load(sys.stdin)
ttl = Graph().parse(out + '/graph.ttl')
ld = Graph().parse(out + '/graph.jsonld')
SCHEMA = Namespace('https://schema.org/')
MEASURE = Namespace('http://purl.org/linked-data/sdmx/2009/measure#')
PROV = Namespace('http://www.w3.org/ns/prov#')
ids = lambda g: len(set(s for s in g.subjects() if str(s).startswith('urn:yuntu:') and '/develops/' not in str(s)))
print(json.dumps(dict(
  same=len(ttl) == len(ld) and set(str(s) for s in ttl.subjects() if isinstance(s, URIRef)) == set(str(s) for s in ld.subjects() if isinstance(s, URIRef)),
  odd=str(ttl.value(URIRef('urn:yuntu:Company:${odd}'), SCHEMA.name)),
  oddLd=str(ld.value(URIRef('urn:yuntu:Company:${odd}'), SCHEMA.name)),
  zh=[str(o) for o in ttl.objects(URIRef('urn:yuntu:Company:alibaba'), SCHEMA.name) if o.language == 'zh'],
  concepts=len(set(ttl.subjects(RDF.type, SKOS.Concept))),
  broader=len(list(ttl.subject_objects(SKOS.broader))),
  measured=len(list(ttl.subject_objects(MEASURE.obsValue))),
  cited=len(set(o for o in ttl.objects(None, PROV.wasDerivedFrom) if ':Citation:' in o)),
)))
`,
      out,
    );
    const { data } = await ask(
      `{ sectors(first: 0) { totalCount } trends(first: 0) { totalCount }
       under: sectors(where: { broader: {} }, first: 0) { totalCount }
       observations(where: { value: { isNull: false } }, first: 0) { totalCount } }`,
    );
    const cited = await graph.read('MATCH (c:Citation) RETURN count(c) AS n');
    expect(read).toEqual({
      same: true,
      odd: name,
      oddLd: name,
      zh: ['阿里巴巴'],
      concepts: data.sectors.totalCount + data.trends.totalCount,
      broader: data.under.totalCount,
      measured: data.observations.totalCount,
      cited: cited.rows[0],
    });
  },
);

foreign("Python's csv reads every table; formulas are defused", async () => {
  const read = python<{
    total: number;
    company: Record<string, string>;
    job: Record<string, string>;
    develops: number;
  }>(
    [],
    `
import csv, glob, json, sys
out = json.load(sys.stdin)
tables = {f.split('/')[-1][:-4]: list(csv.DictReader(open(f, encoding='utf-8', newline=''))) for f in glob.glob(out + '/*.csv')}
print(json.dumps(dict(
  total=sum(len(rows) for rows in tables.values()),
  company=next(row for row in tables['Company'] if row['key'] == '${odd}'),
  job=tables['WORKS_AT'][0],
  develops=len(tables['DEVELOPS']),
)))
`,
    out,
  );
  const { nodes, edges } = await counts();
  expect(read.total).toBe(nodes + edges);
  expect(read.company.name).toBe(`'${name}`);
  expect(read.job).toMatchObject({
    source: `Person:${odd}`,
    target: `Company:${odd}`,
    from: '2021-03',
    to: '2022',
  });
  expect(read.company.aliases).toBe('a||b|c');
  expect(Number(read.company['fundingTotal.amount'])).toBe(1e21);
  const developed = await graph.read('RETURN COUNT { ()-[:DEVELOPS]->() } AS n');
  expect(read.develops).toBe(developed.rows[0]);
});

foreign(
  'DuckDB reads Parquet: dates, numbers, lists and pairs as such, as many rows as there are',
  async () => {
    const read = python<Record<string, unknown>>(
      ['duckdb==1.3.2'],
      `
import duckdb, glob, json, sys
out = json.load(sys.stdin)
rows = lambda sql: duckdb.sql(sql.replace('@', out + '/')).fetchall()
types = lambda name: dict((r[0], r[1]) for r in rows(f"DESCRIBE SELECT * FROM '@{name}.parquet'"))
company = types('Company')
print(json.dumps(dict(
  total=sum(rows(f"SELECT count(*) FROM '{f}'")[0][0] for f in glob.glob(out + '/*.parquet')),
  types=[company[c] for c in ('name', 'aliases', 'externalIds', 'foundedOn', 'foundedOn.precision', 'fundingTotal.amount')],
  page=types('Citation')['page'], forecast=types('Observation')['forecast'], start=types('Observation')['period.start'],
  odd=rows('''SELECT name, aliases, \"fundingTotal.amount\", website FROM '@Company.parquet' WHERE key = '${odd}' ''')[0],
  job=[str(v) for v in rows('''SELECT source, target, \"from\", \"from.precision\", \"to\", \"to.precision\" FROM '@WORKS_AT.parquet' WHERE title = 'CTO' ''')[0]],
  pages=rows("SELECT sum(page) FROM '@Citation.parquet'")[0][0].__int__(),
  values=rows("SELECT sum(value) FROM '@Observation.parquet'")[0][0],
  listed=[str(r[0]) for r in rows("SELECT listedOn FROM '@Listing.parquet' WHERE listedOn IS NOT NULL ORDER BY key")],
  ids=rows("SELECT e.name, e.value FROM '@Company.parquet', UNNEST(externalIds) AS t(e) WHERE key = 'ids'"),
)))
`,
      out,
    );
    const { nodes, edges } = await counts();
    const sums = await graph.read(
      `RETURN [COLLECT { MATCH (c:Citation) RETURN sum(c.page) }[0], COLLECT { MATCH (o:Observation) RETURN sum(o.value) }[0],
     COLLECT { MATCH (l:Listing) WHERE l.listedOn IS NOT NULL RETURN l.listedOnDay ORDER BY l.key }] AS row`,
    );
    const [pages, values, listed] = sums.rows[0] as [number, number, string[]];
    expect(listed.length).toBeGreaterThan(3);
    expect({ ...read, values: Math.round(read.values as number) }).toEqual({
      total: nodes + edges,
      types: [
        'VARCHAR',
        'VARCHAR[]',
        'STRUCT("name" VARCHAR, "value" VARCHAR)[]',
        'DATE',
        'VARCHAR',
        'DOUBLE',
      ],
      page: 'BIGINT',
      forecast: 'BOOLEAN',
      start: 'DATE',
      odd: [name, ['a|b', 'c'], 1e21, null],
      job: [`Person:${odd}`, `Company:${odd}`, '2021-03-01', 'MONTH', '2022-01-01', 'YEAR'],
      pages,
      values: Math.round(values),
      listed,
      ids: [
        ['domain', 'a=b.example'],
        ['lei', ''],
      ],
    });
  },
);

test('JSON Lines hold each node once, each line whole by itself', async () => {
  const lines = (await readFile(join(out, 'graph.jsonl'), 'utf8')).trimEnd().split('\n');
  const items = lines.slice(1).map((line) => JSON.parse(line) as Record<string, unknown>);
  const { nodes, edges } = await counts();
  expect(items.filter((item) => 'noun' in item)).toHaveLength(nodes);
  expect(items.filter((item) => 'relation' in item)).toHaveLength(edges);
  expect(items.find((item) => item.relation === 'WORKS_AT')).toEqual({
    relation: 'WORKS_AT',
    from: `Person:${odd}`,
    to: `Company:${odd}`,
    edge: { title: 'CTO', from: '2021-03', to: '2022', certainty: 'STATED' },
  });
  expect(items.find((item) => item.noun === 'Person')).toMatchObject({ roles: ['Investor'] });
  expect(items.find((item) => item.key === odd && item.noun === 'Company')).toEqual({
    noun: 'Company',
    key: odd,
    name,
    aliases: ['a|b', 'c'],
    fundingTotal: { amount: 1e21, currency: 'CNY', asPrinted: null },
  });
});
