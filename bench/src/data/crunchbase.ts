import { createHash } from 'node:crypto';
import countries from 'i18n-iso-countries';
import neo4j from 'neo4j-driver';
import { firstDay, fold, yearOf } from '../product';
import { readRows, type Row } from './csv';

type Columns = Record<string, unknown>;

/** A node to be written: its key and all columns. */
export interface Entry {
  readonly key: string;
  readonly set: Columns;
}

export interface CompanyEntry extends Entry {
  readonly sector: string | null;
  readonly country: string | null;
}

export interface RoundEntry extends Entry {
  readonly company: string;
  readonly citation: string;
  readonly row: unknown;
}

export interface AcquisitionEntry extends Entry {
  readonly acquirer: string;
  readonly target: string;
  readonly citation: string;
  readonly row: unknown;
}

/** The four files as they are to stand in the graph. */
export interface Crunchbase {
  readonly sources: readonly Entry[];
  readonly sectors: readonly Entry[];
  readonly places: readonly Entry[];
  readonly companies: readonly CompanyEntry[];
  readonly firms: readonly Entry[];
  readonly rounds: readonly RoundEntry[];
  readonly acquisitions: readonly AcquisitionEntry[];
  /** Key of the investor, key of the round. Investors that are companies stand apart, for their label differs. */
  readonly byFirms: readonly (readonly [string, string])[];
  readonly byCompanies: readonly (readonly [string, string])[];
  /** What was read and what it came to, for the report. */
  readonly counts: Readonly<Record<string, number>>;
}

const dataset = 'crunchbase-2013';
const inDataset = { datasets: [dataset], datasetsFolded: [dataset] };
const scheme = 'crunchbase-2013';

const statuses: Readonly<Record<string, string>> = {
  operating: 'OPERATING',
  ipo: 'PUBLIC',
  acquired: 'ACQUIRED',
  closed: 'CLOSED',
};
/** `series-c+` is any series from C on, so it is none of them for certain. */
const types: Readonly<Record<string, string>> = {
  angel: 'ANGEL',
  venture: 'VENTURE',
  'series-a': 'SERIES_A',
  'series-b': 'SERIES_B',
  'series-c+': 'VENTURE',
  'private-equity': 'PRIVATE_EQUITY',
  'post-ipo': 'POST_IPO',
  crowdfunding: 'CROWDFUNDING',
  other: 'OTHER',
};

const text = (name: string, value: string | undefined): Columns =>
  value ? { [name]: value, [`${name}Folded`]: fold(value) } : {};

const date = (name: string, value: string | undefined): Columns =>
  value
    ? { [name]: value, [`${name}Day`]: firstDay(value), [`${name}Year`]: neo4j.int(yearOf(value)) }
    : {};

const amountOf = (value: string | undefined): number | null => {
  const number = value ? Number(value.replaceAll(',', '')) : Number.NaN;
  return Number.isFinite(number) ? number : null;
};

const money = (name: string, value: string | undefined, currency: string | undefined): Columns => {
  const amount = amountOf(value);
  return amount === null || !currency
    ? {}
    : { [`${name}Amount`]: amount, [`${name}Currency`]: currency };
};

const slug = (value: string): string =>
  fold(value)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 180) || 'unnamed';

const slugOf = (permalink: string | undefined): string => (permalink ?? '').split('/').pop() ?? '';

/** A key that is not taken yet: the wanted one, or the first free `-2`, `-3`. */
function free(wanted: string, taken: Set<string>): string {
  let key = wanted;
  for (let next = 2; taken.has(key); next++) key = `${wanted}-${next}`;
  taken.add(key);
  return key;
}

const source = (file: string): string => `crunchbase-2013-${file}`;

/** Where a row stands, as the product keeps it: the key is a digest of what the citation says. */
function cite(file: string, at: number): { citation: string; row: unknown } {
  const said = { page: at, quote: null, asPrinted: null, source: source(file), via: [] };
  const digest = createHash('sha256').update(JSON.stringify(said)).digest('hex');
  return { citation: digest.slice(0, 24), row: neo4j.int(at) };
}

/** Reads the four files. */
export function readCrunchbase(): Crunchbase {
  const files = {
    companies: readRows('companies'),
    rounds: readRows('rounds'),
    acquisitions: readRows('acquisitions'),
    investments: readRows('investments'),
  };
  const companies = companiesOf(files.companies, files.acquisitions);
  const rounds = roundsOf(files.rounds);
  const investments = investmentsOf(files.investments, companies, rounds.byPlace);
  return {
    sources: ['companies', 'rounds', 'acquisitions', 'investments'].map((file) => ({
      key: source(file),
      set: {
        ...text('name', `Crunchbase 2013, ${file}`),
        ...text('title', `Crunchbase, export of October 2013: ${file}`),
        ...text('publisher', 'Crunchbase'),
        ...text('licence', 'CC BY'),
        ...date('publishedOn', '2013-10'),
        ...inDataset,
      },
    })),
    sectors: [...new Set(companies.flatMap(({ sector }) => sector ?? []))].map((key) => ({
      key,
      set: {
        ...text('name', key.slice(scheme.length + 1).replaceAll('_', ' ')),
        ...text('scheme', scheme),
        ...text('notation', key.slice(scheme.length + 1)),
        ...inDataset,
      },
    })),
    places: [...new Set(companies.flatMap(({ country }) => country ?? []))].map((key) => ({
      key,
      set: {
        ...text('name', countries.getName(key.toUpperCase(), 'en') ?? key),
        kind: 'COUNTRY',
        ...inDataset,
      },
    })),
    companies,
    rounds: rounds.entries,
    acquisitions: acquisitionsOf(files.acquisitions),
    ...investments,
    counts: {
      ...Object.fromEntries(Object.entries(files).map(([name, rows]) => [name, rows.length])),
      ...investments.counts,
    },
  };
}

function companiesOf(rows: readonly Row[], acquisitions: readonly Row[]): CompanyEntry[] {
  const all = new Map<string, CompanyEntry>();
  const add = (
    permalink: string | undefined,
    name: string | undefined,
    category: string | undefined,
    country: string | undefined,
    own: Columns,
  ) => {
    const key = slugOf(permalink);
    if (!key || all.has(key)) return;
    const known = name && name !== '#NAME?';
    all.set(key, {
      key,
      sector: category ? `${scheme}/${category}` : null,
      country: (country && countries.alpha3ToAlpha2(country)?.toLowerCase()) || null,
      set: {
        ...text('name', known ? name : key),
        ...(known ? {} : { nameCertainty: 'UNNAMED' }),
        externalIds: [`Crunchbase=${permalink}`],
        kind: 'COMPANY',
        ...own,
        ...inDataset,
      },
    });
  };
  for (const { columns: c } of rows)
    add(c.permalink, c.name, c.category_code, c.country_code, {
      extra: ['state_code', 'region', 'funding_rounds', 'last_milestone_at'].flatMap((name) =>
        c[name] ? [`${name}=${c[name]}`] : [],
      ),
      ...text('city', c.city),
      status: statuses[c.status ?? ''] ?? 'UNKNOWN',
      ...date('foundedOn', c.founded_at),
      ...money('fundingTotal', c.funding_total_usd, 'USD'),
    });
  for (const { columns: c } of acquisitions)
    for (const side of ['company', 'acquirer'])
      add(
        c[`${side}_permalink`],
        c[`${side}_name`],
        c[`${side}_category_code`],
        c[`${side}_country_code`],
        text('city', c[`${side}_city`]),
      );
  return [...all.values()];
}

interface Place {
  readonly key: string;
  readonly amount: number | null;
}

function roundsOf(rows: readonly Row[]): {
  entries: RoundEntry[];
  byPlace: Map<string, Place[]>;
} {
  const taken = new Set<string>();
  const byPlace = new Map<string, Place[]>();
  const entries = rows.map(({ at, columns: c }): RoundEntry => {
    const company = slugOf(c.company_permalink);
    const key = free(`${company}-${c.funded_at}-${slug(c.funding_round_type ?? '')}`, taken);
    const place = `${c.company_name}\n${c.funded_at}`;
    byPlace.set(place, [
      ...(byPlace.get(place) ?? []),
      { key, amount: amountOf(c.raised_amount_usd) },
    ]);
    return {
      key,
      company,
      ...cite('rounds', at),
      set: {
        ...text('label', `${c.company_name}: ${c.funding_round_type} of ${c.funded_at}`),
        ...text('typeAsGiven', c.funding_round_type),
        certainty: 'STATED',
        ...inDataset,
        type: types[c.funding_round_type ?? ''] ?? 'UNKNOWN',
        ...date('announcedOn', c.funded_at),
        ...money('raised', c.raised_amount_usd, 'USD'),
      },
    };
  });
  return { entries, byPlace };
}

function acquisitionsOf(rows: readonly Row[]): AcquisitionEntry[] {
  const taken = new Set<string>();
  return rows.map(({ at, columns: c }): AcquisitionEntry => {
    const target = slugOf(c.company_permalink);
    const acquirer = slugOf(c.acquirer_permalink);
    return {
      key: free(`${target}-by-${acquirer}-${c.acquired_at}`.slice(0, 190), taken),
      target,
      acquirer,
      ...cite('acquisitions', at),
      set: {
        ...text('label', `${c.acquirer_name} buys ${c.company_name}`),
        certainty: 'STATED',
        ...inDataset,
        ...date('announcedOn', c.acquired_at),
        ...money('price', c.price_amount, c.price_currency_code),
      },
    };
  });
}

/**
 * Investments name their company and investor by name. A round is met by company and date; where a company has several
 * on that day the amount decides, and where it does not, the row is left out. An investor that bears a company's name
 * is that company.
 */
function investmentsOf(
  rows: readonly Row[],
  companies: readonly CompanyEntry[],
  byPlace: ReadonlyMap<string, readonly Place[]>,
): Pick<Crunchbase, 'firms' | 'byFirms' | 'byCompanies' | 'counts'> {
  const named = new Map(companies.map(({ key, set }) => [set.name as string, key]));
  const taken = new Set(companies.map(({ key }) => key));
  const firms = new Map<string, Entry>();
  const byFirms: [string, string][] = [];
  const byCompanies: [string, string][] = [];
  const counts = { met: 0, several: 0, left: 0 };
  for (const { columns: c } of rows) {
    const met = byPlace.get(`${c.company_name}\n${c.funded_when}`) ?? [];
    if (!met.length || !c.investor_name) continue;
    counts.met++;
    const amount = amountOf(c.amount_usd);
    const meant = met.length > 1 ? met.filter((place) => place.amount === amount) : met;
    if (met.length > 1) counts.several++;
    const [round] = meant;
    if (!round || meant.length > 1) {
      counts.left++;
      continue;
    }
    const company = named.get(c.investor_name);
    if (company) {
      byCompanies.push([company, round.key]);
      continue;
    }
    let firm = firms.get(c.investor_name);
    if (!firm) {
      const key = free(slug(c.investor_name), taken);
      firm = {
        key,
        set: { ...text('name', c.investor_name), ...inDataset, kind: 'UNKNOWN' },
      };
      firms.set(c.investor_name, firm);
    }
    byFirms.push([firm.key, round.key]);
  }
  return { firms: [...firms.values()], byFirms, byCompanies, counts };
}
