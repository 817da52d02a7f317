import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ownWords } from '../../../src/exchange/export/formats/json-lines';
import { restoreGraph } from '../../../src/exchange/restore/restore';
import { canonicalHash } from '../../support/canonical';
import { client } from '../../support/client';

/** What is no whole export is told, with file and line, and nothing of it is written. */
const { graph, parts, close } = client();
const out = mkdtempSync(join(tmpdir(), 'yuntu-restore-'));
let before: string;
beforeAll(async () => {
  before = await canonicalHash(graph);
});
afterAll(async () => {
  await close();
  rmSync(out, { recursive: true });
});

const header = '{"yuntu":"graph","version":2}';
const acme = '{"noun":"Company","key":"acme","name":"Acme","datasets":["mine"]}';
const model = '{"noun":"Model","key":"one","name":"One","datasets":["mine"]}';
const develops =
  '{"relation":"DEVELOPS","from":"Company:acme","to":"Model:one","edge":{"certainty":"STATED","datasets":["mine"]}}';
const good = [header, '{"dataset":"mine"}', acme, model, develops];
const whole = (lines: readonly string[]) => `${[...lines, `{"end":${lines.length}}`].join('\n')}\n`;
const replaced = (line: number, text: string) =>
  whole(good.map((each, index) => (index === line - 1 ? text : each)));

const cases: readonly (readonly [name: string, bytes: string | Buffer, told: RegExp])[] = [
  ['an empty file', '', /: is cut off/],
  ['another file', 'key,name\na,b\n', /:1: is no JSON/],
  ['JSON that is no export', '{"a":1}\n{"b":2}\n', /:1: says neither "noun"/],
  ['no header', whole(good.slice(1)), /:1: is no export of a graph/],
  ['another version', replaced(1, '{"yuntu":"graph","version":9}'), /:1 version: .*"9".*version 2/],
  ['a file that is cut off', good.join('\n'), /: is cut off/],
  ['a line cut in two', whole(good).slice(0, -40), /:5: is no JSON/],
  [
    'lines lost',
    `${good.slice(0, 4).join('\n')}\n{"end":5}\n`,
    /:5 end: counts "5" lines .* are 4/,
  ],
  ['lines after the end', `${whole(good)}${acme}\n`, /:7: stands after/],
  ['two exports in one', whole([...good, header]), /:6: begins another/],
  ['an unknown noun', replaced(3, acme.replace('Company', 'Companies')), /:3 noun: .*"Company"\?/],
  ['an unknown property', replaced(3, acme.replace('"name"', '"nam"')), /:3 nam: .*"name" or/],
  ['a property of a wrong kind', replaced(3, acme.replace('"Acme"', '7')), /:3 name: "7" is not a/],
  ['a node without a name', replaced(3, acme.replace('"name":"Acme",', '')), /:3 name: is missing/],
  ['a node without a key', replaced(3, acme.replace('"acme"', '""')), /:3 key: "" is no key/],
  [
    'a role that is none',
    replaced(3, acme.replace('}', ',"roles":["Admin"]}')),
    /:3 roles: "Admin"/,
  ],
  [
    'a stored column that Neo4j has no place for',
    replaced(3, acme.replace('}', ',"stored":{"a b":{}}}')),
    /:3 stored.a b: /,
  ],
  ['a node twice', replaced(4, acme), /:4: Company:acme comes a second time/],
  ['an end that is not there', replaced(4, ''), /:5 to: leads to Model:one, which/],
  [
    'a relationship of no such kind',
    replaced(5, develops.replace('DEVELOPS', 'DEVELOP')),
    /:5 relation: .*"DEVELOPS"\?/,
  ],
  [
    'an end that names nothing',
    replaced(5, develops.replace('Model:one', 'one')),
    /:5 to: "one" names no/,
  ],
  [
    'an edge property of a wrong kind',
    replaced(5, develops.replace('STATED', 'SURE')),
    /:5 certainty: "SURE"/,
  ],
  [
    'a word beside the relationship',
    replaced(5, develops.replace('"edge"', '"lead":true,"edge"')),
    /:5 lead: /,
  ],
  [
    'a node after relationships',
    whole([header, acme, model, develops, acme.replace('acme', 'b')]),
    /:5: Company:b comes after/,
  ],
  [
    'bytes of another encoding',
    Buffer.from(whole(good).replace('Acme', 'Café'), 'latin1'),
    /:\d: holds bytes that are no UTF-8/,
  ],
  ['what is no gzip', whole(good), /cannot be unpacked/],
  ['a gzip cut off', gzipSync(whole(good)).subarray(0, 90), /cannot be unpacked/],
];

test.each(cases)('%s is told', async (name, bytes, told) => {
  const path = join(out, /gzip/.test(name) ? 'bad.jsonl.gz' : 'bad.jsonl');
  writeFileSync(path, bytes);
  const restored = restoreGraph(graph, parts.blueprint, path, { merge: true });
  await expect(restored).rejects.toThrow(told);
  await expect(restored).rejects.toThrow(/nothing was written/);
  expect(await canonicalHash(graph)).toBe(before);
});

test('every fault of a file is told at once', async () => {
  const path = join(out, 'bad.jsonl');
  writeFileSync(
    path,
    whole([header, acme.replace('"Acme"', '7'), develops.replace('STATED', 'SURE'), '{']),
  );
  await expect(restoreGraph(graph, parts.blueprint, path, { merge: true })).rejects.toThrow(
    /^3 faults[^]*:2 name[^]*:3 certainty[^]*:4: is no JSON/,
  );
});

test('a key that is an investor of another noun already is told, not taken over', async () => {
  const path = join(out, 'investor.jsonl');
  const fund = '{"noun":"InvestmentFirm","key":"alibaba","name":"A","roles":["Investor"]}';
  writeFileSync(path, whole([header, fund]));
  await graph.write((run) => run("MATCH (c:Company {key: 'alibaba'}) SET c:Investor"));
  await expect(restoreGraph(graph, parts.blueprint, path, { merge: true })).rejects.toThrow(
    /InvestmentFirm:alibaba .* Investor/,
  );
  await graph.write((run) => run("MATCH (c:Company {key: 'alibaba'}) REMOVE c:Investor"));
  expect(await canonicalHash(graph)).toBe(before);
});

test('no noun has a property of a name that a line of an export uses itself', () => {
  for (const noun of parts.blueprint.nouns)
    for (const word of ownWords) expect([...noun.properties.keys()]).not.toContain(word);
});
