import type { Noun, RelationDef } from '../blueprint';
import { plainColumns } from '../blueprint/storage';

/** The relationships that start at a noun, as it writes them. */
export function writtenBy(noun: Noun): RelationDef[] {
  return [...noun.relations.values()].filter((relation) => relation.writes);
}

/**
 * Some nodes of a noun in the order of their keys. `$p`: `after` (a key, or ''), `most` -> `[key, columns ...]`
 */
export function nodesStatement(noun: Noun): string {
  const columns = [...noun.properties.values()].flatMap(plainColumns);
  return (
    `CYPHER 5 MATCH (n:${noun.name}) WHERE n.key > $p.after WITH n ORDER BY n.key LIMIT $p.most ` +
    `RETURN [n.key, [${columns.map((name) => `n.${name}`).join(', ')}]] AS row`
  );
}

/** The same of some keys. `$p.keys` */
export function namedNodesStatement(noun: Noun): string {
  const columns = [...noun.properties.values()].flatMap(plainColumns);
  return (
    `CYPHER 5 UNWIND $p.keys AS k MATCH (n:${noun.name} {key: k}) ` +
    `RETURN [n.key, [${columns.map((name) => `n.${name}`).join(', ')}]] AS row`
  );
}

/**
 * The relationships that start at some nodes of a noun. `$p.keys`
 * -> `[from, type, noun, to, properties of the relationship]`
 * @param nouns those that can stand at the far end
 */
export function edgesStatement(noun: Noun, nouns: readonly Noun[]): string {
  const types = [...new Set(writtenBy(noun).map(({ writes }) => writes))].join('|');
  const far = nouns.map((each) => `WHEN b:${each.name} THEN '${each.name}'`).join(' ');
  return (
    `CYPHER 5 UNWIND $p.keys AS k MATCH (a:${noun.name} {key: k})-[r:${types}]->(b) ` +
    `RETURN [k, type(r), CASE ${far} END, b.key, properties(r)] AS row`
  );
}
