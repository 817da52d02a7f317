import type { Noun } from '../blueprint';

/** Statements that take back what a dataset says. */

/** Some relationships that a dataset speaks of. `$p.dataset` -> `[from labels, from, type, to labels, to]` */
export const edgesOfDataset =
  'CYPHER 5 MATCH (a)-[x]->(b) WHERE $p.dataset IN x.datasets RETURN [labels(a), a.key, coalesce(x.aside, type(x)), labels(b), b.key] AS row LIMIT 5000';

/** Some nodes of a label that a dataset speaks of. `$p.dataset` -> key */
export const nodesOfDataset = (noun: Noun): string =>
  `CYPHER 5 MATCH (n:${noun.name}) WHERE $p.dataset IN n.datasets RETURN n.key AS row LIMIT 5000`;

/**
 * Removes nodes of which nothing is said any more, with what only hangs on them. What others lead to stays.
 * `$p.keys` -> `[key, properties, datasets that lead there]` of those that stay
 */
export const removeNodes = (noun: Noun): string =>
  `CYPHER 5 UNWIND $p.keys AS k MATCH (n:${noun.name} {key: k}) ` +
  'WITH n, k, COLLECT { MATCH (n)-[x]-() WHERE x.datasets IS NOT NULL UNWIND x.datasets AS d RETURN DISTINCT d } AS others ' +
  'WITH n, k, others, properties(n) AS stored ' +
  'FOREACH (_ IN CASE WHEN size(others) = 0 THEN [1] ELSE [] END | DETACH DELETE n) ' +
  'WITH k, others, stored WHERE size(others) > 0 RETURN [k, stored, others] AS row';

/** Removes those of some citations that nothing rests on any more. `$p.citations` */
export const removeUnused =
  'CYPHER 5 UNWIND $p.citations AS k MATCH (c:Citation {key: k}) WHERE NOT EXISTS { ()-[:SUPPORTED_BY|RETRACTED_SUPPORTED_BY]->(c) } DETACH DELETE c';

/** Takes a role from nodes that no longer play it. `$p.keys` */
export const removeRole = (noun: Noun, role: string, types: readonly string[]): string =>
  `CYPHER 5 UNWIND $p.keys AS k MATCH (n:${noun.name}:${role} {key: k}) WHERE NOT EXISTS { (n)-[:${types.join('|')}]->() } REMOVE n:${role}`;

/** Citations that only a dataset brought, with their ties. `$p.dataset` */
export const removeCitations =
  'CYPHER 5 MATCH (c:Citation) WHERE c.datasets = [$p.dataset] WITH c LIMIT 5000 DETACH DELETE c RETURN 1 AS row';
