import { readFileSync, rmSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { decode } from 'iconv-lite';
import { importFiles } from '../../../src/exchange/import/import';
import type { ImportOptions, ImportReport } from '../../../src/exchange/import/options';
import { dropDataset } from '../../../src/exchange/journal/drop';
import { undoRun } from '../../../src/exchange/journal/undo';
import { readMapping } from '../../../src/exchange/mapping/read-mapping';
import { blueprint } from '../../../src/entities/blueprint';
import { canonicalLines } from '../../support/canonical';
import { client } from '../../support/client';
import { reportRows } from '../../support/rows';

/** An analyst loads the cut of Crunchbase beside the report, by the mapping that is shipped. */
const { ask, graph, close } = client();
const folder = join(__dirname, '..', '..', 'data', 'crunchbase-2013');
const mapping = join(__dirname, '..', '..', '..', 'examples', 'crunchbase-2013', 'mapping.yaml');
const rejects = mkdtempSync(join(tmpdir(), 'yuntu-rejects-'));

const load = async (options: Partial<ImportOptions> = {}): Promise<ImportReport> =>
  importFiles(graph, blueprint, await readMapping(mapping), { folder, rejects, ...options });

type Row = Record<string, string>;
/** The rows as a plain reader sees them; empty ones left out. */
const read = (name: string, encoding: string): Row[] =>
  parse<Row>(decode(readFileSync(join(folder, name)), encoding), {
    columns: true,
    record_delimiter: encoding === 'macroman' ? '\r' : '\n',
  }).filter((row) => Object.values(row).some(Boolean));
const companies = read('companies.csv', 'macroman');
const acquisitions = read('acquisitions.csv', 'macroman');
const rounds = read('rounds.csv', 'macroman');
const investments = read('investments.csv', 'utf8');

/** What the files say, counted with plain loops. */
function counted() {
  const listed = new Set(companies.map((row) => row.permalink));
  const named = new Set(
    acquisitions.flatMap((row) => [row.company_permalink, row.acquirer_permalink]),
  );
  const nameOf = new Map(companies.map((row) => [row.permalink, row.name]));
  const known = new Set(
    companies.map((row) => row.name).filter((name) => name !== '#NAME?' && name !== 'unknown'),
  );
  const own = rounds.filter(
    (row) => listed.has(row.company_permalink) || named.has(row.company_permalink),
  );
  const pairs = new Set<string>();
  const investors = new Set<string>();
  let unmatched = 0;
  let ambiguous = 0;
  let several = 0;
  for (const row of investments) {
    const met = own.filter(
      (round) =>
        nameOf.get(round.company_permalink) === row.company_name &&
        round.funded_at === row.funded_when,
    );
    if (!known.has(row.company_name) || !met.length) {
      unmatched++;
      continue;
    }
    if (met.length > 1) several++;
    const left =
      met.length > 1 ? met.filter((round) => round.raised_amount_usd === row.amount_usd) : met;
    if (left.length !== 1) {
      ambiguous++;
      continue;
    }
    investors.add(row.investor_name as string);
    pairs.add(`${row.investor_name}\n${rounds.indexOf(left[0] as Row)}`);
  }
  const inReport = new Set(
    reportRows()
      .get('Company')
      ?.map((row) => `/company/${row.key}`),
  );
  const created = [...new Set([...listed, ...named])].filter((key) => !inReport.has(key as string));
  return {
    companies: created.length,
    listed: new Set([...listed, ...[...named].filter((key) => !inReport.has(key as string))]).size,
    rounds: own.length,
    repeated: rounds.length - new Set(rounds.map((row) => JSON.stringify(row))).size,
    acquisitions: acquisitions.length,
    investors: investors.size,
    pairs: pairs.size,
    unmatched,
    ambiguous,
    several,
  };
}

let before: readonly string[];
let first: ImportReport;
beforeAll(async () => {
  before = await canonicalLines(graph);
  first = await load();
}, 120_000);
afterAll(async () => {
  await dropDataset(graph, blueprint, 'crunchbase-2013').catch(() => {});
  rmSync(rejects, { recursive: true });
  await close();
});

test('what was loaded, repeated, ambiguous and unmatched is what a plain count of the files finds', () => {
  const expected = counted();
  expect(expected.ambiguous).toBeGreaterThan(3);
  expect(expected.several).toBeGreaterThan(expected.ambiguous);
  expect(expected.repeated).toBeGreaterThan(5);
  const { kinds, faults } = first;
  expect({
    companies: kinds.Company?.created,
    rounds: kinds.FundingRound?.created,
    acquisitions: kinds.Acquisition?.created,
    investors: kinds.InvestmentFirm?.created,
    pairs: kinds.INVESTED_IN?.created,
    unmatched: faults.reference?.count,
    ambiguous: faults.ambiguous?.count,
  }).toEqual({
    companies: expected.companies,
    rounds: expected.rounds,
    acquisitions: expected.acquisitions,
    investors: expected.investors,
    pairs: expected.pairs,
    unmatched: expected.unmatched,
    ambiguous: expected.ambiguous,
  });
  expect(faults.repeat?.count).toBeGreaterThanOrEqual(expected.repeated);
});

test('rejected rows lie in a file of the same form, each with what was wrong', () => {
  const rejected = parse<Row>(readFileSync(join(rejects, 'investments.rejected.csv'), 'utf8'), {
    columns: true,
  });
  expect(rejected).toHaveLength(first.rejected);
  expect(Object.keys(rejected[0] as Row)).toEqual([
    'company_name',
    'investor_name',
    'funded_when',
    'amount_usd',
    'error',
  ]);
  for (const { error, ...row } of rejected) {
    expect(investments).toContainEqual(row);
    expect(error).toMatch(
      /matches no FundingRound in the graph|matches \d+ of FundingRound|not all is known/,
    );
  }
});

test('a company is found with its rounds, investors, sector, file and row, and what had no place', async () => {
  const at = companies.findIndex((row) => row.permalink === '/company/n-plusn');
  const { data, errors } = await ask(`{
    company(key: "n-plusn") {
      name city foundedOn datasets extra { name value } externalIds { scheme value }
      fundingTotal { amount currency }
      sectors(first: 5) { edges { certainty node { key } } }
      fundingRounds(first: 5) { nodes { key announcedOn raised { amount } citations { page source { key licence } } } }
    }
  }`);
  expect(errors).toBeUndefined();
  const row = companies[at] as Row;
  expect(data.company).toMatchObject({
    name: 'n-plusn',
    city: row.city,
    foundedOn: row.founded_at,
    datasets: ['crunchbase-2013'],
    externalIds: [{ scheme: 'crunchbase', value: '/company/n-plusn' }],
    sectors: {
      edges: [{ certainty: 'STATED', node: { key: `crunchbase-2013/${row.category_code}` } }],
    },
  });
  expect(data.company.extra).toContainEqual({ name: 'region', value: row.region });
  const [round] = data.company.fundingRounds.nodes;
  const line = rounds.findIndex((each) => each.company_permalink === '/company/n-plusn');
  expect(round.citations).toEqual([
    { page: line + 1, source: { key: 'crunchbase-2013/rounds.csv', licence: 'CC BY' } },
  ]);
});

test('an amount that a spreadsheet took for a date is told and kept, not guessed', async () => {
  const spoiled = companies.filter(
    (row) => row.funding_total_usd && !/^\d+$/.test(row.funding_total_usd),
  );
  expect(spoiled.length).toBeGreaterThan(5);
  expect(first.faults.unreadable?.count).toBe(spoiled.length);
  const key = (spoiled[0]?.permalink as string).replace('/company/', '');
  const { data } = await ask(
    'query ($key: ID!) { company(key: $key) { fundingTotal { amount } extra { name value } } }',
    { key },
  );
  expect(data.company.fundingTotal).toBeNull();
  expect(data.company.extra).toContainEqual({
    name: 'funding_total_usd',
    value: spoiled[0]?.funding_total_usd,
  });
});

test('the same import again creates and changes nothing, in batches of another size too', async () => {
  const hash = await canonicalLines(graph);
  const again = await load({ batch: 100 });
  expect(again.total).toMatchObject({ created: 0, changed: 0 });
  expect(again.citations).toBe(0);
  expect(await canonicalLines(graph)).toEqual(hash);
});

test('lists and groups are limited to a dataset', async () => {
  const { data } = await ask(`{
    companies(where: { datasets: { has: "crunchbase-2013" } }) { totalCount }
    report: companies(where: { datasets: { has: "cloud100-2024" } }) { totalCount }
    companyGroups(by: [{ status: true }], where: { datasets: { has: "crunchbase-2013" } }) { nodes { count } }
  }`);
  const expected = counted();
  expect(data.companies.totalCount).toBe(expected.listed);
  expect(data.report.totalCount).toBe(reportRows().get('Company')?.length);
});

test('undo takes back what the run wrote, and drop what the dataset says: the graph is as it was', async () => {
  await undoRun(graph, blueprint, first.run).catch(() => {});
  await dropDataset(graph, blueprint, 'crunchbase-2013');
  expect(await canonicalLines(graph)).toEqual(before);
  const again = await load();
  const loaded = await canonicalLines(graph);
  expect(loaded.length).toBeGreaterThan(before.length + 3_000);
  await undoRun(graph, blueprint, again.run);
  expect(await canonicalLines(graph)).toEqual(before);
});
