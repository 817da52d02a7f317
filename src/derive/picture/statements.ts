import { findNode, where, type Hops } from './hops';

/**
 * The statements of a picture. Each is one short text for every depth, so that it is planned once. Nodes go in as
 * `[noun, key]` and come out as `[element id, labels, key, label, labelZh, degree]`; what is drawn already is known by
 * its element ids, which are good for one question.
 */
const shown =
  '[elementId(n), labels(n), n.key, coalesce(n.name, n.label), coalesce(n.nameZh, n.labelZh), degree]';

/** Some nodes, in the order in which they are named. `$p`: `nodes` */
export const nodesStatement =
  `CYPHER 5 UNWIND range(0, size($p.nodes) - 1) AS i WITH i, $p.nodes[i] AS k ${findNode} ` +
  `WITH n, i, COUNT { (n)--() } AS degree ORDER BY i RETURN ${shown} AS row`;

/**
 * One hop further. `$p`: `nodes` (from where), `drawn` (element ids), `cap` (how many one node brings in at the most),
 * `look` (relationships of one node that are looked at), `room` (how many may come in), `datasets`. The better
 * connected come first.
 */
export function hopStatement(hops: Hops): string {
  const order = (name: string) => `ORDER BY degree DESC, ${name}.key, elementId(${name})`;
  const branches = hops.branches({ row: () => 'm', bound: '$p.look' });
  return (
    `CYPHER 5 UNWIND $p.nodes AS k ${findNode} CALL (n) { CALL (n) { ${branches.join(' UNION ALL ')} } ` +
    `WITH DISTINCT m${where(['NOT elementId(m) IN $p.drawn', ...hops.may('m')])} ` +
    `WITH m, COUNT { (m)--() } AS degree ${order('m')} LIMIT $p.cap RETURN m, degree } ` +
    `WITH DISTINCT m AS n, degree ${order('n')} LIMIT $p.room RETURN ${shown} AS row`
  );
}

const line = (last: string, fact: string): string =>
  `type(r) AS relation, type(${last}) AS there, startNode(r) = n AS away, m, r.certainty AS certainty, ${fact} AS fact`;
const lineShown = `[elementId(m), there, away, coalesce(fact.certainty, certainty), CASE WHEN fact IS NULL THEN null ELSE [labels(fact), fact.key, fact.label, fact.labelZh] END]`;

/**
 * Lines among what is drawn, and how many nodes lie beyond each that are not. `$p`: `nodes` (whose lines: all but hubs),
 * `drawn`, `hubs` (element ids), `datasets`. A line stands at one of its ends, or at both.
 * -> `[element id, relation, how many nodes beyond, lines]`, a line being
 * `[element id of the other end, relation there, whether it leads away, certainty, fact or null]`, a fact
 * `[labels, key, label, labelZh]`
 */
export function linesStatement(hops: Hops): string {
  const beyond = ['NOT drawn', ...hops.may('m')].join(' AND ');
  const asked = hops.all.map((type) => `'${type}'`).join(', ');
  const once = `CASE WHEN fact IS NULL THEN away ELSE elementId(n) < elementId(m) OR NOT there IN [${asked}] END`;
  return (
    `CYPHER 5 UNWIND $p.nodes AS k ${findNode} CALL (n) { ${hops.branches({ row: line }).join(' UNION ALL ')} } ` +
    `WITH n, relation, there, away, m, certainty, fact, elementId(m) IN $p.drawn AS drawn ` +
    `WITH n, relation, count(DISTINCT CASE WHEN ${beyond} THEN m END) AS beyond, ` +
    `collect(CASE WHEN drawn AND (${once} OR elementId(m) IN $p.hubs) THEN ${lineShown} END) AS lines ` +
    'WHERE beyond > 0 OR size(lines) > 0 RETURN [elementId(n), relation, beyond, lines] AS row'
  );
}

/** Facts of a hub that are looked through for those which lead to another hub. */
export const factsOfHub = 5_000;

/**
 * Lines between hubs; as `linesStatement`, nothing beyond. A hub is one for what leads to it: what leads away from it
 * is little, and has every line between two hubs at an end. `$p`: `nodes`, `hubs`, `datasets`
 */
export function hubLinesStatement(hops: Hops): string {
  const branches = hops.branches({ row: line, bound: String(factsOfHub), arrow: '->' });
  return (
    `CYPHER 5 UNWIND $p.nodes AS k ${findNode} CALL (n) { ${branches.join(' UNION ALL ')} } ` +
    `WITH n, relation, there, away, m, certainty, fact WHERE elementId(m) IN $p.hubs ` +
    `WITH n, relation, collect(${lineShown}) AS lines RETURN [elementId(n), relation, 0, lines] AS row`
  );
}

/** The degrees of hubs by type, which the graph keeps. `$p`: `nodes` -> `[element id, [degree, ...]]`, as `Hops.all` */
export function degreesStatement({ all }: Hops): string {
  const degrees = all.map((type) => `COUNT { (n)-[:${type}]-() }`);
  return `CYPHER 5 UNWIND $p.nodes AS k ${findNode} RETURN [elementId(n), [${degrees.join(', ')}]] AS row`;
}

/**
 * To how many nodes one type leads from hubs, where their degree does not say so. `$p`: `nodes`, `datasets`
 * -> `[element id, count]`
 */
export function reachStatement(hops: Hops, type: string): string {
  const branches = hops.branches({ row: () => 'm', along: type });
  return (
    `CYPHER 5 UNWIND $p.nodes AS k ${findNode} CALL (n) { CALL (n) { ${branches.join(' UNION ')} } ` +
    `WITH m${where(hops.may('m'))} RETURN count(DISTINCT m) AS count } RETURN [elementId(n), count] AS row`
  );
}
