import type { Blueprint, Noun } from '../blueprint';

/** The relationship types that lead from one thing to another: all but those that lead to where a fact comes from. */
export function relationTypes(blueprint: Blueprint): string[] {
  const types = new Set<string>();
  for (const noun of blueprint.all.values())
    for (const relation of noun.relations.values())
      if (relation.writes && !relation.provenance) types.add(relation.writes);
  return [...types].sort();
}

const typeText = (name: string, nouns: readonly Noun[]): string =>
  `CASE ${nouns.map((noun) => `WHEN ${name}:${noun.name} THEN '${noun.name}'`).join(' ')} END`;

/** Nodes with more relationships than this are no way between others: through them everything is near everything. */
export const hub = 1_000;

/**
 * The shortest ways between two nodes, more than are wanted, so that what repeats a node can be dropped. `$p`: `from`,
 * `to` (`[noun, key]`), `avoid` (`noun:key`). Relationship types, the number and the hops stand in the text: a limit of
 * time does not end such a search, its form has to.
 * -> `[[[noun, key, name, nameZh, degree, is a fact, certainty, [citation]], ...], [[type, whether it leads onwards, certainty, [citation]], ...]]`
 */
export function pathStatement(
  blueprint: Blueprint,
  relations: readonly string[],
  count: number,
  hops: number,
): string {
  const nouns = blueprint.nouns.filter((each) => each.interfaces.includes('Node'));
  const end = (k: string, n: string) =>
    `CALL () { MATCH (${n}:Entity {key: $p.${k}[1]}) WHERE $p.${k}[0] IN labels(${n}) RETURN ${n} ` +
    `UNION MATCH (${n}:Fact {key: $p.${k}[1]}) WHERE $p.${k}[0] IN labels(${n}) RETURN ${n} }`;
  const name = typeText('x', nouns);
  return (
    `CYPHER 5 ${end('from', 'a')} ${end('to', 'b')} WITH a, b WHERE a <> b ` +
    `MATCH p = SHORTEST ${count} (a) (()-[:${relations.join('|')}]-(x WHERE x = b OR (COUNT { (x)--() } < ${hub} ` +
    `AND NOT coalesce(x.certainty = 'MISSING', false) AND NOT (${name}) + ':' + x.key IN $p.avoid))){1,${hops}} (b) ` +
    `WITH nodes(p) AS ns, relationships(p) AS rs ` +
    `RETURN [COLLECT { UNWIND ns AS x RETURN [${name}, x.key, coalesce(x.name, x.label), coalesce(x.nameZh, x.labelZh), COUNT { (x)--() }, x:Fact, x.certainty, ` +
    `COLLECT { MATCH (x:Fact)-[:SUPPORTED_BY]->(c) RETURN c.key ORDER BY c.page, c.key LIMIT 20 }] }, ` +
    `[i IN range(0, size(rs) - 1) | [type(rs[i]), startNode(rs[i]) = ns[i], rs[i].certainty, coalesce(rs[i].citations, [])]]] AS row`
  );
}
