import type { Noun } from '../blueprint';
import { hiddenPrefix } from './hiding';
import { labelsOf } from './statements';
import { setAsideType } from './who-is-who';

/** Statements that restore what an export keeps. */

/** Whether the graph holds anything of ours. */
export const anythingThere =
  'CYPHER 5 RETURN EXISTS { (:Entity|Fact|Citation|Dataset|FormerKey|ToldApart|Retraction|Operation) } AS row';

/** Records of what stands beside the graph. `$p.rows`: their properties, `id` among them */
export const writeRecords = (label: string): string =>
  `CYPHER 5 UNWIND $p.rows AS r MERGE (f:${label} {id: r.id}) SET f = r`;

/** The labels that every node of a noun has as it is stored: what is hidden has one. */
export const labelsAsStored = (noun: Noun, all: ReadonlyMap<string, Noun>): string[] =>
  noun.name.startsWith(hiddenPrefix) ? [noun.name] : labelsOf(noun, all);

/** Relationships of a type that stand aside. `$p.rows`: `[from, to]` -> `[from, to, properties]` */
export const readAside = (from: Noun, type: string, to: Noun): string =>
  `CYPHER 5 UNWIND $p.rows AS r MATCH (a:${from.name} {key: r[0]})-[x:${setAsideType} {aside: '${type}'}]->(b:${to.name} {key: r[1]}) ` +
  'RETURN [r[0], r[1], properties(x)] AS row';
