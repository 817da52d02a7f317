import type { Noun } from '../blueprint';

/** Statements about what curators do. An operation stands apart from the graph of nouns, as imports do. */

/** Curators and whoever else writes take turns: each first takes this lock. What curators say is trusted most. */
export const enterCurated =
  "CYPHER 5 MERGE (d:Dataset {name: $p.name}) ON CREATE SET d.since = $p.at, d.title = 'What curators changed' SET d.position = -1";

/** Takes that lock where curators have ever written. `$p.name` -> true; nothing where they have not */
export const takeTurn =
  'CYPHER 5 MATCH (d:Dataset {name: $p.name}) SET d.position = -1 RETURN true AS row';

/**
 * Begins an operation, or finds the one of that id; whoever comes with the same id waits for the first. `$p.id`,
 * `$p.set` -> `[hash, answer]`
 */
export const beginOperation =
  'CYPHER 5 MERGE (o:Operation {id: $p.id}) ON CREATE SET o += $p.set RETURN [o.hash, o.answer] AS row';

/** Records what an operation came to. `$p.id`, `$p.set` */
export const endOperation = 'CYPHER 5 MATCH (o:Operation {id: $p.id}) SET o += $p.set';

/** Some keys of a noun that begin as a key does, for a guess at what was meant. `$p.key` -> key */
export const keysNear = (noun: Noun): string =>
  `CYPHER 5 MATCH (n:${noun.name}) WHERE n.key STARTS WITH left($p.key, 1) RETURN n.key AS row LIMIT 5000`;
