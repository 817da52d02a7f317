import { findNode } from './picture/hops';

/**
 * What is next to some nodes: along one relationship, or through one fact that both are joined to. `$p`: `of` (each
 * `[noun, key]`), `relations` (types that lead from one thing to another), `by` (how those asked about are joined, or
 * null), `relation` (how the neighbour is joined, or null), `types` (labels, or null), `near` (next to how many of those
 * asked about at the least), `after` (`[near, count, key, label]`, or null), `first`, `most` (ties in all), `facts`
 * (of one neighbour).
 * -> `{ read, total, page }`: ties that were read, neighbours, and the page with one more, each
 * `[labels, key, name, nameZh, near, count, [relation or labels of a fact], [[labels, key, label, labelZh, certainty, [place in of]]]]`
 */
export const neighboursStatement =
  `CYPHER 5 UNWIND range(0, size($p.of) - 1) AS i WITH i, $p.of[i] AS k ${findNode} ` +
  'WITH collect([i, n]) AS asked, collect(n) AS ns UNWIND asked AS a WITH a[0] AS i, a[1] AS n, ns ' +
  'CALL (n) { MATCH (n)-[r]-(x) WHERE type(r) IN $p.relations AND ($p.by IS NULL OR type(r) = $p.by) ' +
  'CALL (n, r, x) { WITH n, r, x WHERE x:Entity AND ($p.relation IS NULL OR type(r) = $p.relation) RETURN x AS m, null AS f, r AS tie ' +
  `UNION ALL MATCH (x:Fact)-[s]-(m:Entity) WHERE m <> n AND x.certainty <> 'MISSING' AND type(s) IN $p.relations ` +
  'AND ($p.relation IS NULL OR type(s) = $p.relation) RETURN m, x AS f, null AS tie } ' +
  'RETURN m, f, tie } ' +
  'WITH i, m, f, tie, ns LIMIT $p.most ' +
  'WITH collect([i, m, f, tie]) AS ties, head(collect(ns)) AS ns ' +
  'CALL (ties, ns) { UNWIND ties AS t WITH t[1] AS m, t, ns ' +
  'WHERE NOT m IN ns AND ($p.types IS NULL OR any(label IN labels(m) WHERE label IN $p.types)) ' +
  'WITH m, collect([t[0], t[2], t[3]]) AS own, count(DISTINCT t[0]) AS near, count(DISTINCT coalesce(elementId(t[2]), elementId(t[3]))) AS count ' +
  'WHERE near >= $p.near ' +
  "RETURN collect([m, near, count, own, head([label IN labels(m) WHERE NOT label IN ['Entity', 'Fact', 'Investor']])]) AS found } " +
  'CALL (found) { UNWIND found AS x ' +
  'WITH x[0] AS m, x[1] AS near, x[2] AS count, x[3] AS own, x[4] AS label WHERE $p.after IS NULL OR near < $p.after[0] ' +
  'OR (near = $p.after[0] AND (count < $p.after[1] OR (count = $p.after[1] AND (m.key > $p.after[2] OR (m.key = $p.after[2] AND label > $p.after[3]))))) ' +
  'WITH m, near, count, own, label ORDER BY near DESC, count DESC, m.key, label LIMIT $p.first ' +
  'CALL (own) { UNWIND own AS o WITH o[1] AS f, o[0] AS i WHERE f IS NOT NULL WITH f, collect(DISTINCT i) AS places ' +
  'ORDER BY size(places) DESC, f.key LIMIT $p.facts RETURN collect([labels(f), f.key, f.label, f.labelZh, f.certainty, places]) AS shared } ' +
  'CALL (own) { UNWIND own AS o RETURN collect(DISTINCT CASE WHEN o[1] IS NULL THEN type(o[2]) ELSE labels(o[1]) END) AS via } ' +
  'RETURN collect([labels(m), m.key, coalesce(m.name, m.label), coalesce(m.nameZh, m.labelZh), near, count, via, shared]) AS page } ' +
  'RETURN { read: size(ties), total: size(found), page: page } AS row';
