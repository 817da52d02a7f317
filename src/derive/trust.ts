import type { Noun } from '../blueprint';

/** Puts datasets into an order. `$p.names` */
export const writeOrder =
  'CYPHER 5 UNWIND range(0, size($p.names) - 1) AS i MATCH (d:Dataset {name: $p.names[i]}) SET d.position = i';

/** A page of nodes of which several layers are kept, in the order of their keys. `$p.after` -> `[key, properties]` */
export const nodesOfSeveral = (noun: Noun): string =>
  `CYPHER 5 MATCH (n:${noun.name}) WHERE n.key > $p.after AND n.said IS NOT NULL WITH n ORDER BY n.key LIMIT 2000 RETURN [n.key, properties(n)] AS row`;

/**
 * The relationships of a type of which several layers are kept, from a page of nodes; shown or set aside. `$p.after`
 * -> `[from, to, properties]` in the order of `from`
 */
export const edgesOfSeveral = (from: Noun, type: string, to: Noun): string =>
  `CYPHER 5 MATCH (a:${from.name})-[x:${type}|SET_ASIDE]->(:${to.name}) WHERE a.key > $p.after AND x.said IS NOT NULL AND coalesce(x.aside, type(x)) = '${type}' ` +
  'WITH DISTINCT a ORDER BY a.key LIMIT 2000 ' +
  `MATCH (a)-[x:${type}|SET_ASIDE]->(b:${to.name}) WHERE x.said IS NOT NULL AND coalesce(x.aside, type(x)) = '${type}' ` +
  'RETURN [a.key, b.key, properties(x)] AS row ORDER BY a.key, b.key';

/** The labels of nodes of which several layers are kept. -> labels */
export const labelsOfSeveral =
  'CYPHER 5 MATCH (n) WHERE n.said IS NOT NULL RETURN DISTINCT labels(n) AS row';

/** The kinds of relationships of which several layers are kept. -> `[labels, type, labels]` */
export const kindsOfSeveral =
  'CYPHER 5 MATCH (a)-[x]->(b) WHERE x.said IS NOT NULL RETURN DISTINCT [labels(a), coalesce(x.aside, type(x)), labels(b)] AS row';
