/** How a company and a trend can be linked. */
export type LinkKind = 'EXAMPLE' | 'PRODUCT' | 'EVIDENCE' | 'SECTOR' | 'MODEL' | 'NUMBERS';

interface Branch {
  readonly kind: LinkKind;
  /** From the trend `t` to the company `c`; its relationships are `a`, `b`, `d`, the fact in between `f`. */
  readonly pattern: string;
  /** The things along it, and the fact of each hop (null for a relationship). */
  readonly stops: readonly string[];
  readonly facts: readonly (string | null)[];
  /** How much a link of this kind says where all of it is stated. */
  readonly weight: number;
  /** A sector along it: the more companies it holds, the less it says of each. */
  readonly sector?: string;
}

const example = '(t:Trend)-[a:EXEMPLIFIED_BY]->';
const evidence = `(t:Trend)-[a:EVIDENCED_BY|ABOUT]-(f:Fact WHERE f.certainty <> 'MISSING')`;
const affects = '(t:Trend)-[a:AFFECTS]->(s)';

const branches: readonly Branch[] = [
  {
    kind: 'EXAMPLE',
    pattern: `${example}(c:Company)`,
    stops: ['t', 'c'],
    facts: [null],
    weight: 1,
  },
  {
    kind: 'EXAMPLE',
    pattern: `${example}(x:Company)-[b:SAME_AS]-(c:Company)`,
    stops: ['t', 'x', 'c'],
    facts: [null, null],
    weight: 0.8,
  },
  {
    kind: 'PRODUCT',
    pattern: `${example}(x)<-[b:DEVELOPS]-(c:Company)`,
    stops: ['t', 'x', 'c'],
    facts: [null, null],
    weight: 0.8,
  },
  {
    kind: 'PRODUCT',
    pattern: `${example}(x)-[b:DEPENDS_ON]->(y)<-[d:DEVELOPS]-(c:Company)`,
    stops: ['t', 'x', 'y', 'c'],
    facts: [null, null, null],
    weight: 0.4,
  },
  {
    kind: 'EVIDENCE',
    pattern: `${evidence}-[b:ABOUT]->(c:Company)`,
    stops: ['t', 'c'],
    facts: ['f'],
    weight: 0.9,
  },
  {
    kind: 'EVIDENCE',
    pattern: `${evidence}-[b:ABOUT]->(x:Company)-[d:SAME_AS]-(c:Company)`,
    stops: ['t', 'x', 'c'],
    facts: ['f', null],
    weight: 0.7,
  },
  {
    kind: 'EVIDENCE',
    pattern: `${evidence}-[b:ABOUT]->(x)<-[d:DEVELOPS]-(c:Company)`,
    stops: ['t', 'x', 'c'],
    facts: ['f', null],
    weight: 0.7,
  },
  {
    kind: 'SECTOR',
    pattern: `${affects}<-[b:IN_SECTOR]-(c:Company)`,
    stops: ['t', 's', 'c'],
    facts: [null, null],
    weight: 0.6,
    sector: 's',
  },
  {
    kind: 'SECTOR',
    pattern: `${affects}<-[b:BROADER]-(y)<-[d:IN_SECTOR]-(c:Company)`,
    stops: ['t', 's', 'y', 'c'],
    facts: [null, null, null],
    weight: 0.5,
    sector: 'y',
  },
  {
    kind: 'SECTOR',
    pattern: `${affects}-[b:BROADER]->(y)<-[d:IN_SECTOR]-(c:Company)`,
    stops: ['t', 's', 'y', 'c'],
    facts: [null, null, null],
    weight: 0.3,
    sector: 'y',
  },
  {
    kind: 'MODEL',
    pattern: `${affects}<-[b:IN_SECTOR]-(x WHERE x:Model OR x:Product)<-[d:DEVELOPS]-(c:Company)`,
    stops: ['t', 's', 'x', 'c'],
    facts: [null, null, null],
    weight: 0.5,
    sector: 's',
  },
  {
    kind: 'NUMBERS',
    pattern: `${evidence}-[b:REF_SECTOR]->(s)<-[d:IN_SECTOR]-(c:Company)`,
    stops: ['t', 's', 'c'],
    facts: ['f', null],
    weight: 0.4,
    sector: 's',
  },
];

/** How far something is believed: what is inferred says less. What claims nothing of its own is as it stands. */
const sure = (x: string): string =>
  `CASE ${x}.certainty WHEN 'DERIVED' THEN 0.9 WHEN 'INFERRED' THEN 0.7 WHEN 'UNNAMED' THEN 0.5 WHEN 'UNLABELLED' THEN 0.5 ELSE 1.0 END`;

function text({ kind, pattern, stops, facts, weight, sector }: Branch, far: string): string {
  const claims = ['a', 'b', 'd', 'f'].filter((name) =>
    new RegExp(`[[(]${name}[: )]`).test(pattern),
  );
  const size = sector ? ` / (1 + log10(1 + COUNT { (${sector})<-[:IN_SECTOR]-() }))` : '';
  const strength = [`${weight.toFixed(1)}${size}`, ...claims.map(sure)].join(' * ');
  return (
    `MATCH ${pattern} RETURN ${far} AS other, '${kind}' AS kind, [${stops.join(', ')}] AS stops, ` +
    `[${facts.map((fact) => fact ?? 'null').join(', ')}] AS facts, ${strength} AS strength`
  );
}

/**
 * What companies and trends are linked by, from trends to companies or the other way. `$p`: `keys` (of the near ends),
 * `kinds` (or null), `after` (`[strength, key]`, or null), `first`.
 *
 * The strength of one way is the weight of its kind, times how far each of its claims is believed, for a sector divided
 * by one and the logarithm to the base 10 of what it holds. The strength of a link is that of the strongest ways of each
 * kind together: 1 - (1 - s1)(1 - s2)...
 * -> `[key, total, [[key, strength, ways, [[kind, strength, [id], [fact's id or -1]]]]]]`, the strongest first
 */
export function trendLinksStatement(from: 'Trend' | 'Company'): string {
  const [near, far] = from === 'Trend' ? ['t', 'c'] : ['c', 't'];
  return (
    `CYPHER 5 UNWIND $p.keys AS key MATCH (${near}:${from} {key: key}) ` +
    `CALL (key, ${near}) { CALL (${near}) { ${branches.map((each) => text(each, far)).join(' UNION ALL ')} } ` +
    `WITH other, kind, stops, facts, strength WHERE $p.kinds IS NULL OR kind IN $p.kinds ` +
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
