/** How a company and a trend can be linked. */
export type LinkKind = 'EXAMPLE' | 'PRODUCT' | 'EVIDENCE' | 'SECTOR' | 'MODEL' | 'NUMBERS';

/** A step away from the trend: along which types, which way they point, and to what. */
type Step = readonly [types: string, points: '>' | '<' | '-', to: string];

interface Branch {
  readonly kind: LinkKind;
  /** From the trend to the company; a fact in between is no stop of its own. */
  readonly steps: readonly Step[];
  /** How much a link of this kind says where all of it is stated. */
  readonly weight: number;
  /** Which step leads to a sector: the more companies that holds, the less it says of each. */
  readonly sector?: number;
}

const example = (to: string): Step => ['EXEMPLIFIED_BY', '>', to];
const evidence: Step = ['EVIDENCED_BY|ABOUT', '-', 'Fact'];
const affects: Step = ['AFFECTS', '>', ''];
const company: Step = ['IN_SECTOR', '<', 'Company'];
const developer: Step = ['DEVELOPS', '<', 'Company'];
const same: Step = ['SAME_AS', '-', 'Company'];
const about = (to: string): Step => ['ABOUT', '>', to];

const branches: readonly Branch[] = [
  { kind: 'EXAMPLE', steps: [example('Company')], weight: 1 },
  { kind: 'EXAMPLE', steps: [example('Company'), same], weight: 0.8 },
  { kind: 'PRODUCT', steps: [example(''), developer], weight: 0.8 },
  { kind: 'PRODUCT', steps: [example(''), ['DEPENDS_ON', '>', ''], developer], weight: 0.4 },
  { kind: 'EVIDENCE', steps: [evidence, about('Company')], weight: 0.9 },
  { kind: 'EVIDENCE', steps: [evidence, about('Company'), same], weight: 0.7 },
  { kind: 'EVIDENCE', steps: [evidence, about(''), developer], weight: 0.7 },
  { kind: 'SECTOR', steps: [affects, company], weight: 0.6, sector: 1 },
  { kind: 'SECTOR', steps: [affects, ['BROADER', '<', ''], company], weight: 0.5, sector: 2 },
  { kind: 'SECTOR', steps: [affects, ['BROADER', '>', ''], company], weight: 0.3, sector: 2 },
  {
    kind: 'MODEL',
    steps: [affects, ['IN_SECTOR', '<', 'Model|Product'], developer],
    weight: 0.5,
    sector: 1,
  },
  { kind: 'NUMBERS', steps: [evidence, ['REF_SECTOR', '>', ''], company], weight: 0.4, sector: 2 },
];

/** How far something is believed: what is inferred says less. What claims nothing of its own is as it stands. */
const sure = (x: string): string =>
  `CASE ${x}.certainty WHEN 'DERIVED' THEN 0.9 WHEN 'INFERRED' THEN 0.7 WHEN 'UNNAMED' THEN 0.5 WHEN 'UNLABELLED' THEN 0.5 ELSE 1.0 END`;

/** One branch, from the trend `n0` to the company at its end. */
function text({ kind, steps, weight, sector }: Branch, from: 'Trend' | 'Company'): string {
  const labels = ['Trend', ...steps.map(([, , to]) => to)];
  const isFact = (at: number) => labels[at] === 'Fact';
  const [near, far] = from === 'Trend' ? [0, steps.length] : [steps.length, 0];
  const hops = steps.map(([types, points, to], at) => {
    const along = `-[r${at}:${types}]-`;
    const node = `n${at + 1}${to && `:${to}`}${to === 'Fact' ? ` WHERE n${at + 1}.certainty <> 'MISSING'` : ''}`;
    return `${points === '<' ? '<' : ''}${along}${points === '>' ? '>' : ''}(${node})`;
  });
  const stops = labels.flatMap((_, at) => (isFact(at) ? [] : [at]));
  const facts = stops.slice(1).map((at) => (isFact(at - 1) ? `n${at - 1}` : 'null'));
  const claims = [...steps.map((_, at) => `r${at}`), ...facts.filter((fact) => fact !== 'null')];
  return (
    `WITH near AS n${near} MATCH (n0:Trend)${hops.join('')} ` +
    `RETURN n${far} AS other, '${kind}' AS kind, ${weight.toFixed(1)} AS weight, ` +
    `${sector === undefined ? 'null' : `n${sector}`} AS sector, [${claims.join(', ')}] AS claims, ` +
    `[${stops.map((at) => `n${at}`).join(', ')}] AS stops, [${facts.join(', ')}] AS facts`
  );
}

/**
 * What companies and trends are linked by, from trends to companies or the other way. What follows alike from all
 * branches stands once, after them: within each, it takes Neo4j seconds to plan. `$p`: `keys` (of the near ends),
 * `kinds` (or null), `after` (`[strength, key]`, or null), `first`.
 *
 * The strength of one way is the weight of its kind, times how far each of its claims is believed, for a sector divided
 * by one and the logarithm to the base 10 of what it holds. The strength of a link is that of the strongest ways of each
 * kind together: 1 - (1 - s1)(1 - s2)...
 * -> `[key, total, [[key, strength, ways, [[kind, strength, [id], [fact's id or -1]]]]]]`, the strongest first
 */
export function trendLinksStatement(from: 'Trend' | 'Company'): string {
  return (
    `CYPHER 5 UNWIND $p.keys AS key MATCH (near:${from} {key: key}) ` +
    `CALL (key, near) { CALL (near) { ${branches.map((each) => text(each, from)).join(' UNION ALL ')} } ` +
    'WITH other, kind, weight, sector, claims, stops, facts WHERE $p.kinds IS NULL OR kind IN $p.kinds ' +
    'WITH other, kind, stops, facts, reduce(strength = weight / (1 + log10(1 + COUNT { (sector)<-[:IN_SECTOR]-() })), ' +
    `x IN claims | strength * ${sure('x')}) AS strength ` +
    'WITH other, kind, stops, facts, strength ORDER BY strength DESC, size(stops), [x IN stops | x.key], [f IN facts | f.key] ' +
    'WITH other, kind, collect([kind, strength, stops, facts]) AS own ' +
    'WITH other, collect(own[0]) AS best, sum(size(own)) AS ways ' +
    'WITH other, best, ways, round(1 - reduce(rest = 1.0, b IN best | rest * (1 - b[1])), 6) AS strength ' +
    'ORDER BY strength DESC, other.key ' +
    'WITH collect([other.key, strength, ways, best]) AS links ' +
    'RETURN size(links) AS total, [x IN links WHERE $p.after IS NULL OR x[1] < $p.after[0] OR (x[1] = $p.after[0] AND x[0] > $p.after[1])][0..$p.first] AS page } ' +
    'RETURN [key, total, [x IN page | [x[0], x[1], x[2], [b IN x[3] | [b[0], b[1], [n IN b[2] | id(n)], [f IN b[3] | coalesce(id(f), -1)]]]]]] AS row'
  );
}

/** All trends in their order, with the sectors that they affect. -> `[key, [[sector's key, certainty]]]` */
export const trendsStatement =
  'CYPHER 5 MATCH (t:Trend) WITH t ORDER BY t.position IS NULL, t.position, t.key LIMIT 100 ' +
  'RETURN [t.key, COLLECT { MATCH (t)-[r:AFFECTS]->(s) RETURN [s.key, r.certainty] ORDER BY s.key }] AS row';
