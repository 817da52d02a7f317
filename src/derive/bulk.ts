import type { Noun } from '../blueprint';

/**
 * Statements that create many things at once. A column of texts or numbers comes as one text, parted by `$p.part`, in
 * which `$p.none` stands for null, unless it is full: the driver spends ten times as long on as many values one by one. Lists come as they
 * are; what all rows have in common comes once.
 */
export type BulkColumn = readonly [
  name: string,
  form: 'full' | 'text' | 'integer' | 'float' | 'each' | 'same',
];

/** The columns that come row by row, each as a list. */
export const lists = (columns: readonly BulkColumn[]): string =>
  columns
    .flatMap(([name, form]) => {
      if (form === 'same') return [];
      return `${form === 'each' ? `$p.${name}` : `split($p.${name}, $p.part)`} AS c_${name}`;
    })
    .join(', ');

/** What a row, `i`, has in a column. */
export function valueOf([name, form]: BulkColumn): string {
  const text = `nullIf(c_${name}[i], $p.none)`;
  switch (form) {
    case 'text':
      return text;
    case 'integer':
      return `toInteger(${text})`;
    case 'float':
      return `toFloat(${text})`;
    case 'full':
    case 'each':
      return `c_${name}[i]`;
    case 'same':
      return `$p.${name}`;
  }
}

/** Columns as the properties of a pattern. */
const properties = (columns: readonly BulkColumn[], prefix = ''): string =>
  columns.map((column) => `${column[0].slice(prefix.length)}: ${valueOf(column)}`).join(', ');

/** Creates nodes that are not there. One column is `key`. */
export const bulkNodes = (labels: readonly string[], columns: readonly BulkColumn[]): string =>
  `CYPHER 5 WITH ${lists(columns)} UNWIND range(0, size(c_key) - 1) AS i ` +
  `CREATE (:${labels.join(':')} {${properties(columns)}})`;

/**
 * Ties nodes that rest on nothing yet to a citation each, which is created if it is not there.
 * `$p.source`; the columns `node`, `key` and what a citation says
 */
export const bulkCitations = (noun: Noun, columns: readonly BulkColumn[]): string =>
  `CYPHER 5 MATCH (s:Source {key: $p.source}) WITH s, ${lists(columns)} ` +
  `UNWIND range(0, size(c_key) - 1) AS i MATCH (n:${noun.name} {key: c_node[i]}) ` +
  `MERGE (c:Citation {key: c_key[i]}) ON CREATE SET ${columns
    .flatMap((column) =>
      ['key', 'node'].includes(column[0]) ? [] : `c.${column[0]} = ${valueOf(column)}`,
    )
    .join(', ')} ` +
  'MERGE (c)-[:CITES]->(s) CREATE (n)-[:SUPPORTED_BY]->(c)';

/** How the ends of relationships and what they say are told: columns `from`, `to`, and `x_...` for each property. */
const ends = (from: Noun, to: Noun, columns: readonly BulkColumn[]): string =>
  `CYPHER 5 WITH ${lists(columns)} UNWIND range(0, size(c_from) - 1) AS i ` +
  `MATCH (a:${from.name} {key: c_from[i]}) MATCH (b:${to.name} {key: c_to[i]}) `;

const creation = (type: string, columns: readonly BulkColumn[], role: string | null): string => {
  const own = columns.filter(([name]) => name.startsWith('x_'));
  return `CREATE (a)-[:${type} {${properties(own, 'x_')}}]->(b)${role ? ` SET a:${role}` : ''}`;
};

/** Creates relationships that are not there; a role becomes a label. */
export const bulkEdges = (
  from: Noun,
  type: string,
  to: Noun,
  columns: readonly BulkColumn[],
  role: string | null,
): string => ends(from, to, columns) + creation(type, columns, role);

/** Creates those relationships that are not there. -> the number of each that is, from 0 */
export const bulkMissingEdges = (
  from: Noun,
  type: string,
  to: Noun,
  columns: readonly BulkColumn[],
  role: string | null,
): string =>
  ends(from, to, columns) +
  `OPTIONAL MATCH (a)-[x:${type}]->(b) WITH *, x IS NULL AS missing ` +
  `CALL (*) { WITH * WHERE missing ${creation(type, columns, role)} } ` +
  'WITH i, missing WHERE NOT missing RETURN i AS row';

/** Which of some keys are there. `$p.keys` as one text -> key */
export const bulkKeys = (noun: Noun): string =>
  `CYPHER 5 UNWIND split($p.keys, $p.part) AS k MATCH (n:${noun.name} {key: k}) RETURN k AS row`;

/** Whether something stands as a row has it, where null says nothing unless the column is one of `cleared`. */
const alike = (
  variable: string,
  columns: readonly BulkColumn[],
  cleared: (name: string) => boolean,
  prefix = '',
): string =>
  [
    `${variable}.datasets = $p.datasets AND ${variable}.said IS NULL`,
    ...columns.map((column) => {
      const name = column[0].slice(prefix.length);
      const value = valueOf(column);
      const none = cleared(name) ? ` AND ${variable}.${name} IS NULL` : '';
      return `(${variable}.${name} = ${value} OR (${value} IS NULL${none}))`;
    }),
  ].join(' AND ');

/** Which of some nodes only one dataset speaks of, and just as the rows do. `$p.datasets` -> the number of each, from 0 */
export const bulkSameNodes = (
  noun: Noun,
  columns: readonly BulkColumn[],
  cleared: (name: string) => boolean,
): string =>
  `CYPHER 5 WITH ${lists(columns)} UNWIND range(0, size(c_key) - 1) AS i MATCH (n:${noun.name} {key: c_key[i]}) ` +
  `WHERE ${alike(
    'n',
    columns.filter(([name]) => name !== 'key'),
    cleared,
  )} RETURN i AS row`;

/** The same of relationships. */
export const bulkSameEdges = (
  from: Noun,
  type: string,
  to: Noun,
  columns: readonly BulkColumn[],
): string =>
  ends(from, to, columns) +
  `MATCH (a)-[x:${type}]->(b) WHERE ${alike(
    'x',
    columns.filter(([name]) => name.startsWith('x_')),
    () => false,
    'x_',
  )} RETURN i AS row`;

/** Which of some nodes rest on one citation and nothing else. The columns `node` and `key` -> the number of each, from 0 */
export const bulkSameCitations = (noun: Noun, columns: readonly BulkColumn[]): string =>
  `CYPHER 5 WITH ${lists(columns)} UNWIND range(0, size(c_key) - 1) AS i ` +
  `MATCH (n:${noun.name} {key: c_node[i]}) WHERE COUNT { (n)-[:SUPPORTED_BY]->() } = 1 ` +
  'MATCH (n)-[:SUPPORTED_BY]->(c) WHERE c.key = c_key[i] RETURN i AS row';

/** Who plays a role under some keys without being the noun. `$p.keys` as one text -> `[key, labels]` */
export const bulkOthersInRole = (role: string, noun: Noun): string =>
  `CYPHER 5 UNWIND split($p.keys, $p.part) AS k MATCH (n:${role} {key: k}) WHERE NOT n:${noun.name} RETURN [k, labels(n)] AS row`;
