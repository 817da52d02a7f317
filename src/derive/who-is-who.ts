import type { Noun, RelationDef } from '../blueprint';
import type { Stored } from '../blueprint/storage';
import { storedRelation } from './hiding';

/** Statements about keys that were merged away, and about relationships that had to stand aside. */

/** The type of relationships that stand aside; which they are is in their property `aside`. */
export const setAsideType = 'SET_ASIDE';

/** The relation that writes a relationship between two nouns, whether it is shown, hidden or stands aside. */
export function relationAsStored(
  from: Noun,
  type: string,
  to: Noun,
  { aside }: Readonly<Record<string, Stored>>,
): RelationDef | undefined {
  if (type !== setAsideType) return storedRelation(from, type, to);
  const relation = typeof aside === 'string' ? storedRelation(from, aside, to) : undefined;
  return relation && { ...relation, writes: setAsideType };
}

/** How many keys were merged away. */
export const countFormer = 'CYPHER 5 MATCH (f:FormerKey) RETURN count(f) AS row';

/** Where keys lead that were merged away. `$p.ids`: `Noun:key` -> `[id, key now]` */
export const readFormer =
  'CYPHER 5 UNWIND $p.ids AS id MATCH (f:FormerKey {id: id}) RETURN [f.id, f.key] AS row';

/** All keys that were merged away. -> `[id, key now]` */
export const formerHomes = 'CYPHER 5 MATCH (f:FormerKey) RETURN [f.id, f.key] AS row';

/** Relationships of a type, shown or set aside. */
const anywhere = (from: string, type: string, to: string): string =>
  `MATCH (${from})-[x:${type}|SET_ASIDE]->(${to}) WHERE coalesce(x.aside, type(x)) = '${type}'`;

/** What is stored of some relationships, wherever they stand. `$p.rows`: `[from, to]` -> `[from, to, properties]` */
export const readEdgesAnywhere = (from: Noun, type: string, to: Noun): string =>
  `CYPHER 5 UNWIND $p.rows AS r ${anywhere(`a:${from.name} {key: r[0]}`, type, `b:${to.name} {key: r[1]}`)} RETURN [r[0], r[1], properties(x)] AS row`;

/** Some relationships of a type that are set aside, by rows `r`. */
const aside = (from: Noun, type: string, to: Noun, keys: readonly [string, string]): string =>
  `CYPHER 5 UNWIND $p.rows AS r MATCH (a:${from.name} {key: ${keys[0]}})-[x:SET_ASIDE {aside: '${type}'}]->(b:${to.name} {key: ${keys[1]}})`;

/** Changes them. `$p.rows`: `{ from, to, set }` */
export const changeAside = (from: Noun, type: string, to: Noun): string =>
  `${aside(from, type, to, ['r.from', 'r.to'])} SET x += r.set`;

/** Removes them. `$p.rows`: `[from, to]` */
export const removeAside = (from: Noun, type: string, to: Noun): string =>
  `${aside(from, type, to, ['r[0]', 'r[1]'])} DELETE x`;

/** Shows them again. `$p.rows`: `[from, to]` */
export const takeBack = (from: Noun, type: string, to: Noun): string =>
  `${aside(from, type, to, ['r[0]', 'r[1]'])} CREATE (a)-[y:${type}]->(b) SET y = properties(x), y.aside = null DELETE x`;

/** Sets relationships aside. `$p.rows`: `[from, to]` */
export const setAside = (from: Noun, type: string, to: Noun): string =>
  `CYPHER 5 UNWIND $p.rows AS r MATCH (a:${from.name} {key: r[0]})-[x:${type}]->(b:${to.name} {key: r[1]}) ` +
  `CREATE (a)-[y:SET_ASIDE]->(b) SET y = properties(x), y.aside = '${type}' DELETE x`;

/** All relationships of a type at one end of some nodes, wherever they stand. `$p.keys` -> `[from, to, properties]` */
export const claims = (noun: Noun, type: string, direction: 'out' | 'in', other: Noun): string => {
  const own = `n:${noun.name} {key: k}`;
  const far = `m:${other.name}`;
  const [from, to] = direction === 'out' ? [own, far] : [far, own];
  return (
    `CYPHER 5 UNWIND $p.keys AS k ${anywhere(from, type, to)} ` +
    'RETURN [startNode(x).key, endNode(x).key, properties(x)] AS row'
  );
};

/**
 * Ties what was merged to citations: `keys` are those under which it rests on them, where they are others than its own.
 * `$p.rows`: `[key now, citation, key]`
 */
export const tie = (noun: Noun): string =>
  `CYPHER 5 UNWIND $p.rows AS r MATCH (n:${noun.name} {key: r[0]}) MATCH (c:Citation {key: r[1]}) ` +
  'OPTIONAL MATCH (n)-[x:SUPPORTED_BY]->(c) WITH n, c, r, x, coalesce(x.keys, CASE WHEN x IS NULL THEN [] ELSE [n.key] END) AS before ' +
  'WHERE NOT r[2] IN before MERGE (n)-[y:SUPPORTED_BY]->(c) ' +
  'SET y.keys = CASE WHEN before = [] AND r[2] = n.key THEN null ELSE before + r[2] END';

/** Takes such ties back. `$p.rows`: `[key now, citation, key]` */
export const untie = (noun: Noun): string =>
  `CYPHER 5 UNWIND $p.rows AS r MATCH (n:${noun.name} {key: r[0]})-[x:SUPPORTED_BY|RETRACTED_SUPPORTED_BY]->(c:Citation {key: r[1]}) ` +
  'WITH n, x, [k IN coalesce(x.keys, [n.key]) WHERE k <> r[2]] AS left ' +
  'SET x.keys = CASE WHEN left = [n.key] THEN null ELSE left END WITH x, left WHERE left = [] DELETE x';

/** Everything that leads from or to some nodes, but for citations. `$p.keys` -> `[labels, from, type, labels, to, properties]` */
export const allEdges = (noun: Noun): string =>
  `CYPHER 5 UNWIND $p.keys AS k MATCH (n:${noun.name} {key: k})-[x]-() WHERE type(x) <> 'SUPPORTED_BY' WITH DISTINCT x ` +
  'RETURN [labels(startNode(x)), startNode(x).key, coalesce(x.aside, type(x)), labels(endNode(x)), endNode(x).key, properties(x)] AS row';

/** Removes a node that nothing leads from or to. `$p.key` */
export const removeNode = (noun: Noun): string =>
  `CYPHER 5 MATCH (n:${noun.name} {key: $p.key}) DELETE n`;

/** Records that a key leads elsewhere now; those that led to it follow. `$p`: `id`, `noun`, `was`, `set` */
export const writeFormer =
  'CYPHER 5 MERGE (f:FormerKey {id: $p.id}) SET f += $p.set WITH f ' +
  "OPTIONAL MATCH (g:FormerKey {key: $p.was}) WHERE g.id STARTS WITH $p.noun + ':' WITH f, collect(g) AS followers " +
  'FOREACH (g IN followers | SET g.key = f.key)';

const record = `{noun: split(f.id, ':')[0], was: substring(f.id, size(split(f.id, ':')[0]) + 1), into: coalesce(f.into, f.key), key: f.key, at: f.at, by: f.by, because: f.because}`;

/** Keys that were merged away and lead to some key. `$p`: `noun`, `key` -> `{ noun, was, into, key, at, by, because }` */
export const formersOf = `CYPHER 5 MATCH (f:FormerKey {key: $p.key}) WHERE f.id STARTS WITH $p.noun + ':' RETURN ${record} AS row ORDER BY f.id`;

/** All keys that were merged away, the latest first. -> the same */
export const listFormer = `CYPHER 5 MATCH (f:FormerKey) RETURN ${record} AS row ORDER BY f.at DESC, f.id`;

/** Lets keys lead elsewhere. `$p`: `ids`, `key` */
export const redirect =
  'CYPHER 5 UNWIND $p.ids AS id MATCH (f:FormerKey {id: id}) SET f.key = $p.key';

/** Forgets that a key was merged away. `$p.id` */
export const removeFormer = 'CYPHER 5 MATCH (f:FormerKey {id: $p.id}) DELETE f';

/** Nodes of any noun under a key. `$p.key` -> labels */
export const nounsOfKey =
  'CYPHER 5 MATCH (n:Entity {key: $p.key}) RETURN labels(n) AS row UNION ALL MATCH (n:Fact {key: $p.key}) RETURN labels(n) AS row';

/** Keys of a noun that begin like one. `$p.like` -> key */
export const keysLike = (noun: Noun): string =>
  `CYPHER 5 MATCH (n:${noun.name}) WHERE n.key STARTS WITH left($p.like, 1) RETURN n.key AS row LIMIT 5000`;

/** What was merged and has one of some names as an alias. `$p`: `noun`, `names` (folded) -> properties */
export const nodesByFormerName = (noun: Noun): string =>
  `CYPHER 5 MATCH (f:FormerKey) WHERE f.id STARTS WITH $p.noun + ':' WITH DISTINCT f.key AS k MATCH (n:${noun.name} {key: k}) ` +
  'WHERE any(a IN coalesce(n.aliasesFolded, []) WHERE a IN $p.names) RETURN properties(n) AS row';

/**
 * The names of some of a noun, in the order of their keys. `$p`: `after` (a key, or ''), `most` (a whole number)
 * -> `[key, name, nameZh, nameCertainty, aliases, externalIds, website]`
 */
export const names = (noun: Noun): string =>
  `CYPHER 5 MATCH (n:${noun.name}) WHERE n.key > $p.after WITH n ORDER BY n.key LIMIT toInteger($p.most) ` +
  `RETURN [n.key, n.name, n.nameZh, n.nameCertainty, n.aliases, n.externalIds, ${noun.properties.has('website') ? 'n.website' : 'null'}] AS row`;

/** What is claimed to be the same. -> `[key, key, certainty, reason]` */
export const claimedSame = (noun: Noun): string =>
  `CYPHER 5 MATCH (a:${noun.name})-[x:SAME_AS]->(b:${noun.name}) RETURN [a.key, b.key, x.certainty, x.reason] AS row`;

/**
 * What tells two of a noun apart. `$p.keys` -> `[key, properties, how many relationships, neighbours to one]`
 * @param types the relationships that lead to one neighbour
 */
export const evidence = (noun: Noun, types: readonly string[]): string =>
  `CYPHER 5 UNWIND $p.keys AS k MATCH (n:${noun.name} {key: k}) RETURN [k, properties(n), COUNT { (n)--() }, ` +
  `${types.length ? `[(n)-[x:${types.join('|')}]->(m) | [type(x), m.key]]` : '[]'}] AS row`;

/** Pairs that a person told apart. -> id */
export const toldApart = 'CYPHER 5 MATCH (t:ToldApart) RETURN t.id AS row';

/** Remembers that two are not the same. `$p.rows`: `{ id, at, by }` */
export const tellApart =
  'CYPHER 5 UNWIND $p.rows AS r MERGE (t:ToldApart {id: r.id}) ON CREATE SET t.at = r.at, t.by = r.by';
