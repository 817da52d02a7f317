import neo4j from 'neo4j-driver';
import { companyTableStatement, type CompanyColumn } from '../../derive/company-table';
import type { Context } from '../../query/execute';
import { stageOf, stages, type Stage } from './stage';

/** A sector or a country. */
export interface Concept {
  readonly noun: string;
  readonly key: string;
  readonly name: string;
  readonly nameZh: string | null;
}

export interface Listed {
  readonly key: string;
  readonly degree: number;
  /** Certainty by sector. */
  readonly sectors: ReadonlyMap<number, string | null>;
  readonly country: number | null;
  readonly countryCertainty: string | null;
  readonly stage: Stage | null;
  readonly value: number | null;
  readonly currency: string | null;
  /** Keys of companies that are probably the same one. */
  readonly same: readonly string[];
}

export interface Table {
  readonly companies: ReadonlyMap<string, Listed>;
  readonly concepts: ReadonlyMap<number, Concept>;
  /** Why it does not hold all companies; null where it does. */
  readonly cut: string | null;
}

type Row = readonly [
  key: string,
  degree: number,
  sectors: readonly (readonly [number, string | null])[],
  country: number | null,
  countryCertainty: string | null,
  status: string | null,
  listed: boolean,
  round: string | null,
  value: readonly [number | null, string | null] | null,
  same: readonly string[],
];
interface Answer {
  readonly companies: readonly Row[];
  readonly concepts: readonly (readonly [number, string, string, string, string | null])[];
}

/**
 * All companies with what they share, in one statement.
 * @param asked keys of those that are asked about
 * @param most companies
 */
export async function readTable(
  { engine, request }: Context,
  asked: readonly string[],
  column: CompanyColumn | null,
  most: number,
): Promise<Table> {
  request.statements++;
  const { rows } = await engine.graph.read(
    companyTableStatement(column),
    { asked, most: neo4j.int(most + 1), series: Object.keys(stages) },
    { signal: request.signal },
  );
  const [{ companies, concepts }] = rows as [Answer];
  return {
    cut: companies.length > most ? `Only ${most} companies were compared; there are more.` : null,
    companies: new Map(
      companies.map(
        ([key, degree, sectors, country, countryCertainty, status, listed, round, value, same]) => [
          key,
          {
            key,
            degree,
            sectors: new Map(sectors),
            country,
            countryCertainty,
            stage: stageOf(status, listed, round),
            value: value?.[0] ?? null,
            currency: value?.[1] ?? null,
            same,
          },
        ],
      ),
    ),
    concepts: new Map(
      concepts.map(([id, noun, key, name, nameZh]) => [id, { noun, key, name, nameZh }]),
    ),
  };
}
