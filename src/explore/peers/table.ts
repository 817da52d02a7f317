import neo4j from 'neo4j-driver';
import { companyTableStatement, type CompanyColumn } from '../../derive/company-table';
import type { Context } from '../../query/execute';
import type { Request } from '../../query/request';
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

/** A table, and the companies that are asked about. */
interface Looked {
  readonly table: Table;
  /** By key; of a table that does not hold all companies some may stand beside it. */
  readonly asked: ReadonlyMap<string, Listed>;
}

/**
 * Tables of companies. All fields of a request that compare by the same column share one: with a hundred thousand
 * companies it takes tens of megabytes.
 */
export class Tables {
  readonly #read = new WeakMap<Request, Map<CompanyColumn | null, Promise<Table>>>();

  /** Companies of the table that was read last. */
  size = 0;

  /** @param most companies that are compared */
  constructor(readonly most: number) {}

  /**
   * The table for a request, and the companies of these keys. It is read when it is first asked for; those that are
   * asked about then are always compared, however many companies there are.
   */
  async of(
    context: Context,
    keys: readonly string[],
    column: CompanyColumn | null,
  ): Promise<Looked> {
    const { request } = context;
    const own = this.#read.get(request) ?? new Map<CompanyColumn | null, Promise<Table>>();
    this.#read.set(request, own);
    const read = own.get(column) ?? readTable(context, keys, column, this.most);
    own.set(column, read);
    const table = await read;
    this.size = table.companies.size;
    const missing = table.cut === null ? [] : keys.filter((key) => !table.companies.has(key));
    const beside = missing.length
      ? (await readTable(context, missing, column, missing.length)).companies
      : undefined;
    const find = (key: string) => table.companies.get(key) ?? beside?.get(key);
    return {
      table,
      asked: new Map(
        keys.flatMap((key) => {
          const found = find(key);
          return found ? [[key, found] as const] : [];
        }),
      ),
    };
  }
}

/**
 * Companies with what they share, in one statement.
 * @param first keys of those that come before all others
 * @param most companies
 */
async function readTable(
  { engine, request }: Context,
  first: readonly string[],
  column: CompanyColumn | null,
  most: number,
): Promise<Table> {
  request.statements++;
  const { rows } = await engine.graph.read(
    companyTableStatement(column),
    { asked: first, most: neo4j.int(most + 1), series: Object.keys(stages) },
    { signal: request.signal },
  );
  const [{ companies, concepts }] = rows as [Answer];
  return {
    cut: companies.length > most ? `Only ${most} companies were compared; there are more.` : null,
    companies: new Map(companies.map((row) => [row[0], listed(row)])),
    concepts: new Map(
      concepts.map(([id, noun, key, name, nameZh]) => [id, { noun, key, name, nameZh }]),
    ),
  };
}

function listed([
  key,
  degree,
  sectors,
  country,
  countryCertainty,
  status,
  isListed,
  round,
  value,
  same,
]: Row): Listed {
  return {
    key,
    degree,
    sectors: new Map(sectors),
    country,
    countryCertainty,
    stage: stageOf(status, isListed, round),
    value: value?.[0] ?? null,
    currency: value?.[1] ?? null,
    same,
  };
}
