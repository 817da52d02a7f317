import type { Graph } from '../../src/graph/graph';

type Columns = Readonly<Record<string, unknown>>;
type Link = readonly [from: string, type: string, to: string];

/** A graph of companies that nobody founded: plain data, so that answers can be worked out with plain loops. */
export interface MadeUp {
  /** By id, such as `Company:made-up-7`. */
  readonly nodes: ReadonlyMap<string, Columns>;
  readonly links: readonly Link[];
}

/** Numbers that follow from a seed: 0 to 1, the end left out. */
export function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const roundTypes = ['SEED', 'SERIES_A', 'SERIES_B', 'VENTURE'];

/** Companies with sectors, countries, rounds, investors and acquisitions; some lack some of it. */
export function makeUp(seed: number, companies = 90): MadeUp {
  const random = chance(seed);
  const nodes = new Map<string, Columns>();
  const links: Link[] = [];
  const below = (most: number) => Math.floor(random() * most);
  const one = <T>(from: readonly T[]): T => from[below(from.length)] as T;
  // Squared, so that a few are met again and again, as in life.
  const known = <T>(from: readonly T[]): T => from[Math.floor(random() ** 2 * from.length)] as T;
  const add = (noun: string, at: number | string, set: Columns): string => {
    const id = `${noun}:made-up-${at}`;
    nodes.set(id, set);
    return id;
  };
  const each = <T>(count: number, make: (at: number) => T): T[] =>
    Array.from({ length: count }, (_, at) => make(at));
  const named = (name: string) => ({ name, nameFolded: name.toLowerCase() });
  const fact = (label: string) => ({
    label,
    labelFolded: label.toLowerCase(),
    certainty: 'STATED',
  });

  const places = each(4, (at) =>
    add('Place', `p${at}`, { ...named(`Place ${at}`), kind: 'COUNTRY' }),
  );
  const sectors = each(7, (at) =>
    add('Sector', `s${at}`, {
      ...named(`Sector ${at}`),
      scheme: 'made-up',
      schemeFolded: 'made-up',
    }),
  );
  const firms = each(companies / 3, (at) => add('InvestmentFirm', `f${at}`, named(`Firm ${at}`)));
  const all = each(companies, (at) => {
    const funded = random() < 0.8;
    const id = add('Company', `c${at}`, {
      ...named(`Company ${at}`),
      ...(funded
        ? {
            // Rounded, so that some are equal.
            fundingTotalAmount: 1e6 * (1 + below(30)),
            fundingTotalCurrency: random() < 0.85 ? 'USD' : 'CNY',
          }
        : {}),
    });
    if (random() < 0.7) links.push([id, 'BASED_IN', one(places)]);
    for (const sector of new Set(each(below(3), () => known(sectors))))
      links.push([id, 'IN_SECTOR', sector]);
    return id;
  });
  for (const at of each(companies, (index) => index)) {
    const announcedOn = `20${10 + below(10)}-0${1 + below(9)}-15`;
    const round = add('FundingRound', `r${at}`, {
      ...fact(`Round ${at}`),
      type: one(roundTypes),
      announcedOn,
      announcedOnDay: announcedOn,
    });
    const raiser = known(all);
    links.push([raiser, 'RAISED', round]);
    const backers = new Set(each(below(4), () => (random() < 0.15 ? one(all) : known(firms))));
    backers.delete(raiser);
    for (const backer of backers) links.push([backer, 'INVESTED_IN', round]);
  }
  for (const at of each(companies / 9, (index) => index)) {
    const deal = add('Acquisition', `a${at}`, fact(`Deal ${at}`));
    const [acquirer, target] = [one(all), one(all)];
    links.push([deal, 'ACQUIRER', acquirer]);
    if (target !== acquirer) links.push([deal, 'TARGET', target]);
  }
  return { nodes, links };
}

const roles: Readonly<Record<string, string>> = {
  Company: 'Company:Entity',
  InvestmentFirm: 'InvestmentFirm:Entity:Investor',
  Place: 'Place:Entity',
  Sector: 'Sector:Entity',
  FundingRound: 'FundingRound:Fact',
  Acquisition: 'Acquisition:Fact',
};

const split = (id: string): readonly [noun: string, key: string] => {
  const [noun = '', key = ''] = id.split(':');
  return [noun, key];
};

/** Writes a graph beside what is there. */
export async function writeMadeUp(graph: Graph, { nodes, links }: MadeUp): Promise<void> {
  await graph.write(async (run) => {
    for (const [noun, labels] of Object.entries(roles)) {
      const own = [...nodes].filter(([id]) => split(id)[0] === noun);
      await run(`UNWIND $p.rows AS r MERGE (n:${noun} {key: r.key}) SET n:${labels}, n += r.set`, {
        rows: own.map(([id, set]) => ({ key: split(id)[1], set })),
      });
    }
    for (const [from, type, to] of links)
      await run(
        `MATCH (a:${split(from)[0]} {key: $p.from}), (b:${split(to)[0]} {key: $p.to}) CREATE (a)-[:${type}]->(b)` +
          (type === 'INVESTED_IN' ? ' SET a:Investor' : ''),
        { from: split(from)[1], to: split(to)[1] },
      );
  });
}

/** Takes away what was made up. */
export async function removeMadeUp(graph: Graph): Promise<void> {
  await graph.write((run) =>
    run(`MATCH (n:Entity|Fact) WHERE n.key STARTS WITH 'made-up-' DETACH DELETE n`),
  );
}
