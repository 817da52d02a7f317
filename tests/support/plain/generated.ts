import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Blueprint, Noun, PropertyDef, RelationDef } from '../../../src/blueprint';
import { loadDataset } from '../../../src/exchange/dataset';
import type { Graph } from '../../../src/graph/graph';
import { Dice } from './dice';
import { dayOf } from './value';
import type { Row } from './world';

const dataset = 'generated';

/** How many rows of each noun, in the order in which trees grow. */
const sizes: Readonly<Record<string, number>> = {
  Source: 2,
  Place: 40,
  Exchange: 5,
  Sector: 36,
  Indicator: 8,
  Ranking: 2,
  RankingEdition: 5,
  Person: 150,
  InvestmentFirm: 120,
  Company: 700,
  Model: 160,
  Product: 80,
  FundingRound: 1100,
  Listing: 200,
  Acquisition: 120,
  PriceQuote: 200,
  RankingEntry: 200,
  Statement: 60,
  Trend: 8,
  Observation: 900,
};

// cspell:disable
/** Words that trouble whoever compares texts carelessly: case, width, ligatures, accents, beyond the basic plane. */
export const words = [
  'Moonshot', 'MOONSHOT', 'ｍｏｏｎ', '月之暗面', '智谱', '智谱AI', 'Straße', 'STRASSE', 'İstanbul', 'ISTANBUL',
  'ısparta', '😀 Labs', '～wave', '𠀀', '\ufffd', 'ǅ', 'ﬁnance', 'FINANCE', 'é', 'e\u0301', 'Σίσυφος', 'ΟΔΟΣ',
  'a_b', '100%', "O'Neil", '"quoted"', 'back\\slash', '`tick`', '.*', 'AI', 'ai', 'Ai', '①', '1', 'Ｋ', '\u212a',
]; // prettier-ignore
// cspell:enable
const dates = ['2021', '2022', '2022-01', '2022-01-01', '2022-03', '2022-03-31', '2022-12-31', '2023', '2023-02', '2023-02-28', '2023-07-15', '2024', '2024-02-29', '2024-06', '2024-06-30', '2024-11-05']; // prettier-ignore
const numbers = [
  0, -0, 1, -1, 2, 2.5, 3, 3, 7, 10, 10, 54, 100, 0.1, 0.2, 0.3, 1e9, 14960000000, 1e150, -1e-150,
];
const currencies = ['USD', 'CNY', 'EUR', 'CNY', 'USD'];
const periods = ['2021', '2022', '2023', '2024', '2024H1', '2023Q3', '2024-01..2024-05', '2022-06-15', '..2023', '2023..', { start: '2022', end: '2023-06', label: 'FY22' }]; // prettier-ignore

/** Values as rows hold them, and as filters ask for them. */
export function valueOf(dice: Dice, { kind, enum: values, pair }: PropertyDef): unknown {
  const word = () => dice.pick(words) + (dice.chance(0.4) ? ` ${dice.pick(words)}` : '');
  switch (kind) {
    case 'string':
    case 'text':
      return word();
    case 'enum':
      return dice.pick(Object.keys(values?.values ?? {}).slice(0, 4));
    case 'enums':
      return dice.some(Object.keys(values?.values ?? {}), dice.int(0, 3));
    case 'currency':
      return dice.pick(currencies);
    case 'int':
      return dice.int(0, 9);
    case 'float':
      return dice.pick(numbers);
    case 'boolean':
      return dice.chance(0.5);
    case 'date':
      return dice.pick(dates);
    case 'money':
      return { amount: dice.pick(numbers), currency: dice.pick(currencies) };
    case 'period':
      return dice.pick(periods);
    case 'strings':
      return dice.some(words, dice.int(0, 3));
    case 'pairs':
      return dice
        .some(['a', 'b=c', 'd%'], dice.int(0, 2))
        .map((name) => ({ [pair?.[1] ?? 'name']: name, value: dice.pick(words) }));
  }
}

/** Some thousands of rows with ties, gaps, odd texts and keys that several nouns share; the same for a seed. */
export function generatedRows(blueprint: Blueprint, seed = 1): Map<string, Row[]> {
  const dice = new Dice(seed);
  const rows = new Map<string, Row[]>();
  for (const [name, size] of Object.entries(sizes))
    rows.set(
      name,
      Array.from({ length: size }, (_, index) => rowOf(dice, blueprint.get(name), index)),
    );
  const taken = new Set<string>();
  for (const [name, own] of rows)
    for (const [index, row] of own.entries())
      for (const relation of blueprint.get(name).relations.values())
        if (relation.writes && !relation.plain)
          link(dice, blueprint.get(name), row, index, relation, rows, taken);
  return rows;
}

function rowOf(dice: Dice, noun: Noun, index: number): Row {
  const small = noun.name.toLowerCase();
  const shares =
    !['Person', 'InvestmentFirm', 'Place', 'Source'].includes(noun.name) && index % 5 === 0;
  const key =
    noun.name === 'Sector'
      ? `gen-${index % 3 ? 'a' : 'b'}/${index}`
      : shares
        ? `shared-${index}`
        : `g-${small}-${index}`;
  const row: Row = { key };
  for (const property of noun.properties.values())
    if (!['key', 'datasets'].includes(property.name) && (property.required || dice.chance(0.7)))
      row[property.name] = valueOf(dice, property);
  if (noun.name === 'Sector') row.scheme = index % 3 ? 'gen-a' : 'gen-b';
  if (noun.properties.has('certainty')) {
    row.certainty =
      row.value === undefined && dice.chance(0.3)
        ? 'MISSING'
        : dice.pick(['STATED', 'STATED', 'DERIVED', 'INFERRED']);
    row.reason ??= dice.pick(words);
    row.citations = [{ page: dice.int(1, 30) }];
  }
  if (row.unit === 'MONEY' && noun.properties.has('currency')) row.currency ??= 'USD';
  if (row.free === true) row.amount = 0;
  for (const [from, to] of [
    ['foundedOn', 'closedOn'],
    ['listedOn', 'delistedOn'],
    ['validFrom', 'validTo'],
    ['low', 'high'],
  ] as const)
    // prettier-ignore
    if (row[from] != null && row[to] != null && comparable(row[from]) > comparable(row[to])) delete row[to];
  return row;
}

const comparable = (value: string | number) => (typeof value === 'string' ? dayOf(value) : value);

function link(
  dice: Dice,
  noun: Noun,
  row: Row,
  index: number,
  relation: RelationDef,
  rows: ReadonlyMap<string, readonly Row[]>,
  taken: Set<string>,
): void {
  const { writes = '', edge, one, steps } = relation;
  if (dice.chance(one ? 0.15 : 0.3)) return;
  const far = dice.pick(
    relation.among.filter((each) => rows.has(each.name) && each.name !== 'Source'),
  );
  // Trees and relationships without a direction lead to rows before this one.
  const back = far === noun && (one || steps[0]?.direction === 'both');
  const among = (rows.get(far.name) ?? []).slice(0, back ? index : undefined);
  // A few are chosen by many.
  const hub = dice.chance(0.3) ? among.slice(0, 3) : among;
  const single = [...far.relations.values()].some(
    (each) =>
      each.one &&
      each.steps.length === 1 &&
      each.steps[0]?.direction === 'in' &&
      each.steps[0].types[0] === writes &&
      !each.steps[0].edge,
  );
  const chosen = dice
    .some(single ? among.slice(index * 2, index * 2 + 3) : hub, one ? 1 : dice.int(1, 4))
    .filter((each) => each !== row && !(single && taken.has(`${writes} ${each.key}`)));
  if (!chosen.length) return;
  const links = chosen.map((each) => {
    const place = `${writes} ${far.name}:${each.key}`;
    if (single) taken.add(`${writes} ${each.key}`);
    const said: Row = { to: `${far.name}:${each.key}` };
    // A link's own `to` names where it leads.
    for (const property of edge)
      if (property.name !== 'to' && dice.chance(0.7)) said[property.name] = valueOf(dice, property);
    // One developer is the primary one.
    if ('primary' in said && taken.has(place)) said.primary = false;
    if (said.primary) taken.add(place);
    return said;
  });
  row[relation.name] = one ? links[0] : links;
}

/** Loads the rows as a dataset of files, the way that any dataset goes. */
export async function writeGenerated(
  graph: Graph,
  blueprint: Blueprint,
  rows: ReadonlyMap<string, readonly Row[]>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'yuntu-generated-'));
  writeFileSync(join(folder, 'dataset.yaml'), JSON.stringify({ dataset }));
  for (const [noun, own] of rows)
    writeFileSync(
      join(folder, `${noun.toLowerCase()}.yaml`),
      JSON.stringify({ noun, defaults: { source: 'g-source-0' }, rows: own }, null, 1),
    );
  try {
    // A database that has just started may take too long the first time.
    await loadDataset(graph, blueprint, folder).catch(() => loadDataset(graph, blueprint, folder));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Takes away what was generated, so that the report stands alone again. */
export async function removeGenerated(graph: Graph): Promise<void> {
  await graph.write(async (run) => {
    await run(
      'MATCH (c:Citation)-[:CITES]->(s:Source) WHERE $p.dataset IN s.datasets DETACH DELETE c RETURN count(*) AS n',
      { dataset },
    );
    await run(
      'MATCH (n) WHERE $p.dataset IN n.datasets OR n:Dataset AND n.name = $p.dataset DETACH DELETE n RETURN count(*) AS n',
      { dataset },
    );
  });
}
