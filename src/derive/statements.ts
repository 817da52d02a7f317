import type { Noun } from '../blueprint';

/** The labels of a node: its noun, and the interfaces that are no roles. `Node` is everything and no label. */
export function labelsOf(noun: Noun, roles: ReadonlyMap<string, Noun>): string[] {
  return [
    noun.name,
    ...noun.interfaces.filter((name) => name !== 'Node' && !roles.get(name)?.role),
  ];
}

/** Values by column, one list each: what many rows have in common is sent once. */
const columnar = (columns: readonly string[], integers: ReadonlySet<string>, prefix = ''): string =>
  columns
    .map((name) => {
      const value = `$p.${prefix}${name}[i]`;
      return `${name}: ${integers.has(name) ? `toInteger(${value})` : value}`;
    })
    .join(', ');

/** What is stored of some nodes. `$p.keys` -> `[key, properties]` */
export const readNodes = (noun: Noun): string =>
  `CYPHER 5 UNWIND $p.keys AS k MATCH (n:${noun.name} {key: k}) RETURN [k, properties(n)] AS row`;

/** Creates nodes that are not there. `$p.key` and a list for each column. */
export const createNodes = (
  labels: readonly string[],
  columns: readonly string[],
  integers: ReadonlySet<string>,
): string =>
  `CYPHER 5 UNWIND range(0, size($p.key) - 1) AS i CREATE (:${labels.join(':')} {${columnar(['key', ...columns], integers)}})`;

/** Changes nodes. `$p.rows`: `{ key, set }`; a null in `set` removes. */
export const changeNodes = (noun: Noun): string =>
  `CYPHER 5 UNWIND $p.rows AS r MATCH (n:${noun.name} {key: r.key}) SET n += r.set`;

/** Gives nodes the roles that they play. `$p.keys` */
export const giveRoles = (noun: Noun, roles: readonly string[]): string =>
  `CYPHER 5 UNWIND $p.keys AS k MATCH (n:${noun.name} {key: k}) SET n:${roles.join(':')}`;

/** Which of some nodes are there. `$p.keys` -> key */
export const findKeys = (label: string): string =>
  `CYPHER 5 UNWIND $p.keys AS k MATCH (n:${label} {key: k}) RETURN k AS row`;

/** Who plays a role under some keys without being the noun. `$p.keys` -> `[key, labels]` */
export const othersInRole = (role: string, noun: Noun): string =>
  `CYPHER 5 UNWIND $p.keys AS k MATCH (n:${role} {key: k}) WHERE NOT n:${noun.name} RETURN [k, labels(n)] AS row`;

/**
 * What is stored of some relationships. Both ends are found first, so that nothing is read from the busier one.
 * `$p.rows`: `[from, to]` -> `[from, to, properties]`
 */
export const readEdges = (from: Noun, type: string, to: Noun): string =>
  `CYPHER 5 UNWIND $p.rows AS r MATCH (a:${from.name} {key: r[0]}) MATCH (b:${to.name} {key: r[1]}) ` +
  `CALL (a, b) { MATCH (a)-[x:${type}]->(b) RETURN x } RETURN [r[0], r[1], properties(x)] AS row`;

/** Creates relationships that are not there. `$p.from`, `$p.to`, and `$p.x_...` for each column; a role becomes a label. */
export const createEdges = (
  from: Noun,
  type: string,
  to: Noun,
  columns: readonly string[],
  integers: ReadonlySet<string>,
  role: string | null,
): string =>
  `CYPHER 5 UNWIND range(0, size($p.from) - 1) AS i MATCH (a:${from.name} {key: $p.from[i]}) MATCH (b:${to.name} {key: $p.to[i]}) ` +
  `CREATE (a)-[:${type} {${columnar(columns, integers, 'x_')}}]->(b)${role ? ` SET a:${role}` : ''}`;

/** Changes relationships. `$p.rows`: `{ from, to, set }` */
export const changeEdges = (from: Noun, type: string, to: Noun): string =>
  `CYPHER 5 UNWIND $p.rows AS r MATCH (a:${from.name} {key: r.from})-[x:${type}]->(b:${to.name} {key: r.to}) SET x += r.set`;

/** Removes relationships. `$p.rows`: `[from, to]` */
export const removeEdges = (from: Noun, type: string, to: Noun): string =>
  `CYPHER 5 UNWIND $p.rows AS r MATCH (a:${from.name} {key: r[0]})-[x:${type}]->(b:${to.name} {key: r[1]}) DELETE x`;

/** Where some nodes lead to already by relationships of a type. `$p.keys` -> `[key, noun, other key, properties]` */
export const edgesOf = (noun: Noun, type: string, direction: 'out' | 'in'): string =>
  `CYPHER 5 UNWIND $p.keys AS k MATCH (n:${noun.name} {key: k})${direction === 'in' ? '<' : ''}-[x:${type}]-${direction === 'out' ? '>' : ''}(m) ` +
  'RETURN [k, labels(m), m.key, properties(x)] AS row';

/** What lies above some nodes of a tree, themselves among them. `$p.keys` -> `[key, [key above]]` */
export const above = (noun: Noun, type: string): string =>
  `CYPHER 5 UNWIND $p.keys AS k MATCH (n:${noun.name} {key: k})-[:${type}*0..50]->(m) WITH k, collect(m.key) AS found RETURN [k, found] AS row`;

/** Which of some citations are there. */
export const readCitations = findKeys('Citation');

/** Creates citations with their sources. `$p.key`, `$p.source` and a list for each column. */
export const createCitations = (columns: readonly string[]): string =>
  `CYPHER 5 UNWIND range(0, size($p.key) - 1) AS i MATCH (s:Source {key: $p.source[i]}) ` +
  `CREATE (:Citation {${columnar(['key', ...columns], new Set(['page']))}})-[:CITES]->(s)`;

/** Names the sources that a citation's source itself names. `$p.rows`: `[citation, source]` */
export const writeVia =
  'CYPHER 5 UNWIND $p.rows AS r MATCH (c:Citation {key: r[0]}) MATCH (s:Source {key: r[1]}) MERGE (c)-[:VIA]->(s)';

/**
 * Which nodes rest on which citations already, and under which of their keys where some were merged away.
 * `$p.keys` -> `[key, [[citation, source, keys]]]`
 */
export const readSupport = (noun: Noun): string =>
  `CYPHER 5 UNWIND $p.keys AS k MATCH (n:${noun.name} {key: k})-[x:SUPPORTED_BY]->(c:Citation)-[:CITES]->(s) WITH k, collect([c.key, s.key, x.keys]) AS cited RETURN [k, cited] AS row`;

/** Ties nodes to citations. `$p.rows`: `[key, citation]` */
export const writeSupport = (noun: Noun): string =>
  `CYPHER 5 UNWIND $p.rows AS r MATCH (n:${noun.name} {key: r[0]}) MATCH (c:Citation {key: r[1]}) CREATE (n)-[:SUPPORTED_BY]->(c)`;

/** Unties nodes from citations, which stay. `$p.rows`: `[key, citation]` */
export const untieSupport = (noun: Noun): string =>
  `CYPHER 5 UNWIND $p.rows AS r MATCH (n:${noun.name} {key: r[0]})-[x:SUPPORTED_BY|RETRACTED_SUPPORTED_BY]->(c:Citation {key: r[1]}) DELETE x`;

/** How many nodes of the nouns there are. */
export const countAll = 'CYPHER 5 RETURN COUNT { (:Entity) } + COUNT { (:Fact) } AS row';

/** The names of the constraints and indexes that are there. */
export const listIndexes = 'CYPHER 5 SHOW INDEXES YIELD name RETURN name AS row';
