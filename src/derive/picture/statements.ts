import type { Blueprint } from '../../blueprint';
import { nounOf } from '../noun-of';
import { findNode, where, type Hops } from './hops';

/**
 * The statements of a picture. Each is one short text for every depth, so that it is planned once. Nodes are named once,
 * and then known by Neo4j's own numbers, which are good for one question and never leave the server. They come out as
 * `[id, noun, key, label, labelZh, degree]`.
 */
const shown = (noun: string): string =>
  `[id(n), ${noun}, n.key, coalesce(n.name, n.label), coalesce(n.nameZh, n.labelZh), degree]`;

const given = 'CYPHER 5 MATCH (n) WHERE id(n) IN $p.nodes';

/** Some nodes, in the order in which they are named. `$p`: `nodes`, each `[noun, key]` */
export function nodesStatement(blueprint: Blueprint): string {
  return (
    `CYPHER 5 UNWIND range(0, size($p.nodes) - 1) AS i WITH i, $p.nodes[i] AS k ${findNode} ` +
    `WITH n, i, COUNT { (n)--() } AS degree ORDER BY i RETURN ${shown(nounOf(blueprint, 'n'))} AS row`
  );
}

/** The nouns of what is named by an interface. `$p`: `names` -> `[interface:key, noun]` */
export function nounsStatement(blueprint: Blueprint): string {
  return (
    `CYPHER 5 UNWIND $p.names AS k ${findNode} WITH k[0] + ':' + k[1] AS name, min(${nounOf(blueprint, 'n')}) AS noun ` +
    'RETURN [name, noun] AS row'
  );
}

/**
 * One hop further. `$p`: `nodes` (from where), `drawn`, `cap` (how many one node brings in at the most), `look`
 * (relationships of one node that are looked at), `room` (how many may come in), `datasets`. The better connected come
 * first; of equals, whatever the numbers that they bear in the database, the order is the same.
 */
export function hopStatement(hops: Hops): string {
  const branches = hops.branches({ row: () => 'm', bound: '$p.look' });
  return (
    `${given} CALL (n) { CALL (n) { ${branches.join(' UNION ALL ')} } ` +
    `WITH DISTINCT m${where(['NOT id(m) IN $p.drawn', ...hops.may('m')])} ` +
    `WITH m, COUNT { (m)--() } AS degree, ${nounOf(hops.blueprint, 'm')} AS noun ` +
    `ORDER BY degree DESC, m.key, noun LIMIT $p.cap RETURN m, degree, noun } ` +
    `WITH DISTINCT m AS n, degree, noun ORDER BY degree DESC, n.key, noun LIMIT $p.room RETURN ${shown('noun')} AS row`
  );
}

const line = (last: string, fact: string): string => `r, ${last} AS last, m, ${fact} AS fact`;
const away = 'startNode(r) = n';
const lineShown = ({ blueprint }: Hops): string =>
  `[id(m), type(last), ${away}, coalesce(fact.certainty, r.certainty), CASE WHEN fact IS NULL THEN null ELSE [${nounOf(blueprint, 'fact')}, fact.key, fact.label, fact.labelZh] END]`;

/**
 * Lines among what is drawn. `$p`: `nodes` (whose lines: all but hubs), `drawn`, `hubs`, `datasets`. A line stands at one
 * of its ends, or at both.
 * -> `[id, relation, how many nodes lie beyond, lines]`, a line being
 * `[id of the other end, relation there, whether it leads away, certainty, fact or null]`, a fact
 * `[noun, key, label, labelZh]`
 * @param beyond whether nodes are counted that are not drawn; else there are 0
 */
export function linesStatement(hops: Hops, beyond: boolean): string {
  const asked = hops.all.map((type) => `'${type}'`).join(', ');
  // Where facts are folded, what leads to one that was asked for is read from there alone.
  const here = hops.shape.fold && hops.shape.fromFacts ? `(${away} OR n:Fact)` : away;
  const once = `CASE WHEN fact IS NULL THEN ${here} ELSE id(n) < id(m) OR NOT type(last) IN [${asked}] END`;
  const own = `(${once} OR id(m) IN $p.hubs)`;
  const read = `${given} CALL (n) { ${hops.branches({ row: line }).join(' UNION ALL ')} } `;
  if (!beyond)
    return (
      `${read}WITH n, r, last, m, fact WHERE id(m) IN $p.drawn WITH n, r, last, m, fact WHERE ${own} ` +
      `WITH n, type(r) AS relation, collect(${lineShown(hops)}) AS lines RETURN [id(n), relation, 0, lines] AS row`
    );
  const counted = ['NOT drawn', ...hops.may('m')].join(' AND ');
  return (
    `${read}WITH n, r, last, m, fact, id(m) IN $p.drawn AS drawn ` +
    `WITH n, type(r) AS relation, count(DISTINCT CASE WHEN ${counted} THEN m END) AS beyond, ` +
    `collect(CASE WHEN drawn AND ${own} THEN ${lineShown(hops)} END) AS lines ` +
    'WHERE beyond > 0 OR size(lines) > 0 RETURN [id(n), relation, beyond, lines] AS row'
  );
}

/** Facts of a hub that are looked through for those which lead to another hub. */
export const factsOfHub = 5_000;

/**
 * Lines between hubs; as `linesStatement`, nothing beyond. A hub is one for what leads to it: what leads away from it
 * is little, and has every line between two hubs at an end. `$p`: `nodes` (hubs), `datasets`
 */
export function hubLinesStatement(hops: Hops): string {
  const branches = hops.branches({ row: line, bound: String(factsOfHub), arrow: '->' });
  return (
    `${given} CALL (n) { ${branches.join(' UNION ALL ')} } ` +
    `WITH n, r, last, m, fact WHERE id(m) IN $p.nodes ` +
    `WITH n, type(r) AS relation, collect(${lineShown(hops)}) AS lines RETURN [id(n), relation, 0, lines] AS row`
  );
}

/** The degrees of hubs by type, which the graph keeps. `$p`: `nodes` -> `[id, [degree, ...]]`, as `Hops.all` */
export function degreesStatement({ all }: Hops): string {
  const degrees = all.map((type) => `COUNT { (n)-[:${type}]-() }`);
  return `${given} RETURN [id(n), [${degrees.join(', ')}]] AS row`;
}

/**
 * To how many nodes one type leads from hubs, where their degree does not say so. `$p`: `nodes`, `datasets`
 * -> `[id, count]`
 */
export function reachStatement(hops: Hops, type: string): string {
  const branches = hops.branches({ row: () => 'm', along: type });
  return (
    `${given} CALL (n) { CALL (n) { ${branches.join(' UNION ')} } ` +
    `WITH m${where(hops.may('m'))} RETURN count(DISTINCT m) AS count } RETURN [id(n), count] AS row`
  );
}
