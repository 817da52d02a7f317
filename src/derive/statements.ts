import type { Noun, RelationDef } from '../blueprint';

/** The labels of a node: its noun, and the interfaces that are no roles. `Node` is everything and no label. */
export function labelsOf(noun: Noun, roles: ReadonlyMap<string, Noun>): string[] {
  return [
    noun.name,
    ...noun.interfaces.filter((name) => name !== 'Node' && !roles.get(name)?.role),
  ];
}

/** What is stored of some nodes. `$p.keys` -> `[key, properties]` */
export const readNodes = (noun: Noun): string =>
  `CYPHER 5 UNWIND $p.keys AS k MATCH (n:${noun.name} {key: k}) RETURN [k, properties(n)] AS row`;

/** Writes nodes. `$p.rows`: `{ key, set }`; a null in `set` removes. */
export const writeNodes = (noun: Noun, labels: readonly string[]): string =>
  `CYPHER 5 UNWIND $p.rows AS r MERGE (n:${noun.name} {key: r.key}) SET n:${labels.join(':')}, n += r.set`;

/** What is stored of some relationships. `$p.rows`: `[from, to]` -> `[from, to, properties]` */
export const readEdges = (from: Noun, { writes }: RelationDef, to: Noun): string =>
  `CYPHER 5 UNWIND $p.rows AS r MATCH (a:${from.name} {key: r[0]})-[x:${writes}]->(b:${to.name} {key: r[1]}) RETURN [r[0], r[1], properties(x)] AS row`;

/** Writes relationships. `$p.rows`: `{ from, to, set }`; a role that the relation gives becomes a label. */
export const writeEdges = (
  from: Noun,
  { writes }: RelationDef,
  to: Noun,
  role: string | null,
): string =>
  `CYPHER 5 UNWIND $p.rows AS r MATCH (a:${from.name} {key: r.from}) MATCH (b:${to.name} {key: r.to}) MERGE (a)-[x:${writes}]->(b) SET x += r.set${role ? `, a:${role}` : ''}`;

/** Which of some citations are there. */
export const readCitations =
  'CYPHER 5 UNWIND $p.keys AS k MATCH (c:Citation {key: k}) RETURN k AS row';

/** Writes citations with their sources. `$p.rows`: `{ key, set, source, via }` */
export const writeCitations =
  'CYPHER 5 UNWIND $p.rows AS r MERGE (c:Citation {key: r.key}) SET c += r.set ' +
  'WITH c, r MATCH (s:Source {key: r.source}) MERGE (c)-[:CITES]->(s) ' +
  'WITH c, r UNWIND r.via AS v MATCH (s:Source {key: v}) MERGE (c)-[:VIA]->(s)';

/** Which nodes rest on which citations already. `$p.keys` -> `[key, [citation]]` */
export const readSupport = (noun: Noun): string =>
  `CYPHER 5 UNWIND $p.keys AS k MATCH (n:${noun.name} {key: k})-[:SUPPORTED_BY]->(c:Citation) WITH k, collect(c.key) AS cited RETURN [k, cited] AS row`;

/** Ties nodes to citations. `$p.rows`: `[key, citation]` */
export const writeSupport = (noun: Noun): string =>
  `CYPHER 5 UNWIND $p.rows AS r MATCH (n:${noun.name} {key: r[0]}) MATCH (c:Citation {key: r[1]}) MERGE (n)-[:SUPPORTED_BY]->(c)`;

/** How many nodes of the nouns there are. */
export const countAll = 'CYPHER 5 RETURN COUNT { (:Entity) } + COUNT { (:Fact) } AS row';

/** The names of the constraints and indexes that are there. */
export const listIndexes = 'CYPHER 5 SHOW INDEXES YIELD name RETURN name AS row';
