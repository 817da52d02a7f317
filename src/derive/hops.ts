import type { Blueprint } from '../blueprint';
import { nounOf } from './noun-of';

/**
 * How hops are taken: from entity to entity along one relationship, or through one fact that both are joined to.
 * Nodes bear Neo4j's own numbers here, which are quick to find and never leave the server.
 */
export interface Way {
  /** Whether relationships are walked only as they point (`out`), only against it (`in`), or both ways. */
  readonly direction: 'both' | 'out' | 'in';
  /** Relationship types to keep to; null for all that `$p.relations` names. */
  readonly via: readonly string[] | null;
  /** Whether some nodes are left out. */
  readonly avoids: boolean;
  /** Whether two facts are asked about, which may be next to each other. */
  readonly betweenFacts: boolean;
}

/** Finds a node by its noun and key. `k`: `[noun, key]` -> `n` */
const find = (k: string, n: string): string =>
  `CALL (${k}) { MATCH (${n}:Entity {key: ${k}[1]}) WHERE ${k}[0] IN labels(${n}) RETURN ${n} ` +
  `UNION MATCH (${n}:Fact {key: ${k}[1]}) WHERE ${k}[0] IN labels(${n}) RETURN ${n} }`;

/** One hop from `n`: `m`, and the fact `f` between them, null where there is none. */
function hop({ via, direction, avoids, betweenFacts }: Way): string {
  // A list of forty types is read forty times for each node; to keep what is found to them is cheaper.
  const types = via ? `:${via.join('|')}` : '';
  const allowed = (r: string, start: string, end: string): string[] => [
    ...(via ? [] : [`type(${r}) IN $p.relations`]),
    ...(direction === 'both'
      ? []
      : [`(startNode(${r}) = ${direction === 'out' ? start : end} OR type(${r}) IN $p.symmetric)`]),
  ];
  const kept = (name: string): string[] => (avoids ? [`NOT ${name} IN avoided`] : []);
  const where = (...conditions: readonly string[]): string =>
    conditions.length ? `WHERE ${conditions.join(' AND ')} ` : '';
  const stop = (m: string) =>
    betweenFacts
      ? `(${m}:Entity OR any(k IN $p.ends WHERE k[1] = ${m}.key AND k[0] IN labels(${m})))`
      : `${m}:Entity`;
  const carried = avoids ? ', avoided' : '';
  return (
    `MATCH (n)-[r${types}]-(x) ${where(...allowed('r', 'n', 'x'), ...kept('x'))}` +
    `CALL (n, x${carried}) { WITH x WHERE ${stop('x')} RETURN x AS m, null AS f ` +
    `UNION ALL MATCH (x:Fact)-[s${types}]-(m) ` +
    `${where('m <> n', stop('m'), `x.certainty <> 'MISSING'`, ...allowed('s', 'x', 'm'), ...kept('m'))}RETURN m, x AS f } ` +
    'RETURN m, f'
  );
}

/**
 * All hops from some nodes. `$p`: `ends` (`[noun, key]`), `ids` unless `atEnds`, `relations`, `symmetric` (types without
 * a direction of their own), `avoid` (`[noun, key]`), `most` (hops in all).
 * -> `[which of the ends or null, id, degree, [[id, degree, fact's id or -1, is a place], ...]]`; a node without hops as well
 */
export function hopStatement(way: Way, atEnds: boolean): string {
  const avoided = way.avoids
    ? `WITH COLLECT { UNWIND $p.avoid AS k ${find('k', 'x')} RETURN x } AS avoided `
    : '';
  const carried = way.avoids ? ', avoided' : '';
  const head = atEnds
    ? `UNWIND [0, 1] AS side WITH side, $p.ends[side] AS k${carried} ${find('k', 'n')} WITH side, n${carried} `
    : `MATCH (n) WHERE id(n) IN $p.ids WITH null AS side, n${carried} `;
  return (
    `CYPHER 5 ${avoided}${head}` +
    `OPTIONAL CALL (n${carried}) { ${hop(way)} } WITH side, n, m, f LIMIT $p.most ` +
    `WITH side, n, collect(CASE WHEN m IS NULL THEN null ELSE [id(m), COUNT { (m)--() }, coalesce(id(f), -1), m:Place] END) AS found ` +
    `RETURN [side, id(n), COUNT { (n)--() }, found] AS row`
  );
}

/**
 * What is told of some nodes and of what joins them. `$p`: `ids`, `pairs` (`[id, id]` of nodes next to each other),
 * `triples` (`[id, fact's id, id]`), `relations`.
 * -> `{ stops: [[id, noun, key, name, nameZh]], links: [[id, id, fact's id or -1, link, link or null, fact or null]] }`, a
 * link being `[type, whether it points onwards, certainty, [citation]]`, a fact `[noun, key, label, labelZh, certainty, [citation]]`
 */
export function joinStatement(blueprint: Blueprint): string {
  const { link, named } = texts(blueprint);
  return (
    'CYPHER 5 RETURN { ' +
    `stops: COLLECT { MATCH (x) WHERE id(x) IN $p.ids RETURN [id(x), ${named('x')}] }, ` +
    // Each pair on its own: else the planner may read all relationships there are, to join them afterwards.
    'links: COLLECT { UNWIND $p.pairs AS p MATCH (a) WHERE id(a) = p[0] MATCH (b) WHERE id(b) = p[1] ' +
    'CALL (a, b) { MATCH (a)-[r]-(b) WHERE type(r) IN $p.relations RETURN r } ' +
    `RETURN [p[0], p[1], -1, ${link('r', 'a')}, null, null] } + ` +
    'COLLECT { UNWIND $p.triples AS p MATCH (a) WHERE id(a) = p[0] MATCH (f) WHERE id(f) = p[1] MATCH (b) WHERE id(b) = p[2] ' +
    'CALL (a, f, b) { MATCH (f)-[r]-(a) WHERE type(r) IN $p.relations MATCH (f)-[s]-(b) WHERE type(s) IN $p.relations RETURN r, s } ' +
    `RETURN [p[0], p[2], p[1], ${link('r', 'a')}, ${link('s', 'f')}, ${fact(named)}] } } AS row`
  );
}

/** What is told of a relationship, and of a node. */
function texts(blueprint: Blueprint) {
  return {
    link: (r: string, start: string) =>
      `[type(${r}), startNode(${r}) = ${start}, ${r}.certainty, coalesce(${r}.citations, [])]`,
    named: (x: string) =>
      `${nounOf(blueprint, x)}, ${x}.key, coalesce(${x}.name, ${x}.label), coalesce(${x}.nameZh, ${x}.labelZh)`,
  };
}

const fact = (named: (x: string) => string): string =>
  `[${named('f')}, f.certainty, COLLECT { MATCH (f)-[:SUPPORTED_BY]->(c) RETURN c.key ORDER BY c.page, c.key LIMIT 20 }]`;

/**
 * The shortest ways between two entities along relationships that all lead from a thing to a fact: then each hop is two
 * of them, and the database's own search finds what is shortest. `$p`: `ends`.
 * -> `{ count, ways: [[weight in millionths, [id of an entity]]], stops, links }`: how many there are, `most` and one more at the most,
 * the lightest of those that go through no hub, and what `joinStatement` gives of them
 * @param told whether the hops are told; else `links` is empty
 */
export function throughFactsStatement(
  blueprint: Blueprint,
  via: readonly string[],
  hops: number,
  { most, lightest, hub }: { most: number; lightest: number; hub: number },
  told: boolean,
): string {
  const { link, named } = texts(blueprint);
  const degree = (x: string) => `COUNT { (${x})--() }`;
  return (
    'CYPHER 5 MATCH (a:Entity {key: $p.ends[0][1]}) WHERE $p.ends[0][0] IN labels(a) ' +
    'MATCH (b:Entity {key: $p.ends[1][1]}) WHERE $p.ends[1][0] IN labels(b) ' +
    `CALL (a, b) { MATCH p = allShortestPaths((a)-[:${via.join('|')}*..${2 * hops}]-(b)) RETURN p LIMIT ${most + 1} } ` +
    'WITH collect(p) AS ps ' +
    'WITH size(ps) AS count, COLLECT { UNWIND ps AS p WITH nodes(p) AS ns, relationships(p) AS rs ' +
    `WHERE all(n IN ns[1..-1] WHERE ${degree('n')} < ${hub} AND NOT coalesce(n.certainty = 'MISSING', false)) ` +
    `WITH ns, rs, reduce(w = 0.0, x IN [i IN range(2, size(ns) - 3, 2) | ns[i]] | w + round(1e6 * log(1 + ${degree('x')}) / log(2))) AS weight ` +
    `ORDER BY weight LIMIT ${lightest} RETURN [ns, rs, weight] } AS ways ` +
    'RETURN { count: count, ways: [w IN ways | [w[2], [i IN range(0, size(w[0]) - 1, 2) | id(w[0][i])]]], ' +
    `stops: COLLECT { UNWIND ways AS w UNWIND w[0] AS x WITH DISTINCT x WHERE x:Entity RETURN [id(x), ${named('x')}] }, ` +
    (told
      ? 'links: COLLECT { UNWIND ways AS w UNWIND range(1, size(w[0]) - 2, 2) AS i ' +
        'WITH DISTINCT w[0][i - 1] AS a, w[1][i - 1] AS r, w[0][i] AS f, w[1][i] AS s, w[0][i + 1] AS b ' +
        `RETURN [id(a), id(b), id(f), ${link('r', 'a')}, ${link('s', 'f')}, ${fact(named)}] }`
      : 'links: []') +
    ' } AS row'
  );
}
