import type { Noun, RelationDef } from '../blueprint';
import { columnsOf, plainColumns } from '../blueprint/storage';
import { hiddenType } from './hiding';
import { labelsAsStored } from './restore-statements';
import { setAsideType } from './who-is-who';

/** The relationships that start at a noun, as it writes them. */
export function writtenBy(noun: Noun): RelationDef[] {
  return [...noun.relations.values()].filter((relation) => relation.writes);
}

/**
 * Some nodes of a noun in the order of their keys. `$p`: `after` (a key, or ''), `most`, and what `usualOf` gives
 * -> `[key, plain columns, labels beside the noun's own, [[name, value]] of columns that no property has]`
 */
export function nodesStatement(noun: Noun): string {
  const columns = [...noun.properties.values()].flatMap(plainColumns);
  return (
    `CYPHER 5 MATCH (n:${noun.name}) WHERE n.key > $p.after WITH n ORDER BY n.key LIMIT $p.most ` +
    `RETURN [n.key, [${columns.map((name) => `n.${name}`).join(', ')}], ` +
    '[l IN labels(n) WHERE NOT l IN $p.labels], [k IN keys(n) WHERE NOT k IN $p.columns | [k, n[k]]]] AS row'
  );
}

/** Keys of a noun in order. `$p`: `after` (a key, or ''), `most` -> key */
export const keysStatement = (noun: Noun): string =>
  `CYPHER 5 MATCH (n:${noun.name}) WHERE n.key > $p.after RETURN n.key AS row ORDER BY n.key LIMIT $p.most`;

/** The labels and columns that every node of a noun may have. */
export function usualOf(
  noun: Noun,
  all: ReadonlyMap<string, Noun>,
): { readonly labels: readonly string[]; readonly columns: readonly string[] } {
  return {
    labels: labelsAsStored(noun, all),
    columns: [...noun.properties.values()].flatMap((property) =>
      columnsOf(property).map(({ name }) => name),
    ),
  };
}

/** Datasets, the most trusted first. -> `{ name, title, since }` */
export const readDatasets =
  'CYPHER 5 MATCH (d:Dataset) RETURN d {.name, .title, .since} AS row ORDER BY d.position, d.name';

/** What stands beside the graph under a label, some at once. `$p`: `after` (an id, or ''), `most` -> properties */
export const readRecords = (label: string): string =>
  `CYPHER 5 MATCH (r:${label}) WHERE r.id > $p.after RETURN properties(r) AS row ORDER BY r.id LIMIT $p.most`;

/**
 * The relationships that start at some nodes of a noun. `$p.keys`
 * -> `[from, type, noun, to, properties of the relationship]`
 * @param nouns those that can stand at the far end
 * @param hidden those that were retracted or stand aside, not those that are shown
 */
export function edgesStatement(noun: Noun, nouns: readonly Noun[], hidden: boolean): string {
  const own = [...new Set(writtenBy(noun).map(({ writes }) => writes as string))];
  const types = (hidden ? [...own.map(hiddenType), setAsideType] : own).join('|');
  const far = nouns.map((each) => `WHEN b:${each.name} THEN '${each.name}'`).join(' ');
  return (
    `CYPHER 5 UNWIND $p.keys AS k MATCH (a:${noun.name} {key: k})-[r:${types}]->(b) ` +
    `RETURN [k, type(r), CASE ${far} END, b.key, properties(r)] AS row`
  );
}

/** The sources of some datasets, with what one has to say of them. `$p.datasets` -> properties */
export const readSources =
  'CYPHER 5 MATCH (s:Source) WHERE any(d IN s.datasets WHERE d IN $p.datasets) ' +
  'RETURN s {.key, .name, .title, .publisher, .publishedOn, .url, .licence, .sha256, .datasets} AS row ORDER BY s.key';
