import type { Blueprint } from '../blueprint';
import { hiddenNoun, hiddenPrefix } from './hiding';

/** Statements that read what curators did, the latest first. */

const after = (time: string, id: string): string =>
  `($p.after IS NULL OR ${time} < $p.after[0] OR (${time} = $p.after[0] AND ${id} > $p.after[1]))`;

/**
 * What is hidden. `$p.ids` (or null), `$p.after` (`[at, id]`, or null), `$p.first`, `$p.most` (links of one)
 * -> `{ total, page }`, each `[retraction, what is stored of the node, [[type, forward, noun, key, label, labelZh]], [citation]]`
 */
export function retractionsStatement(blueprint: Blueprint): string {
  const labels = blueprint.nouns.filter(({ root }) => root).map((noun) => hiddenNoun(noun).name);
  return (
    'CYPHER 5 RETURN { total: COUNT { MATCH (r:Retraction) WHERE $p.ids IS NULL OR r.id IN $p.ids }, page: COLLECT { ' +
    `MATCH (r:Retraction) WHERE ($p.ids IS NULL OR r.id IN $p.ids) AND ${after('r.at', 'r.id')} ` +
    'WITH r ORDER BY r.at DESC, r.id LIMIT $p.first ' +
    `OPTIONAL MATCH (n:${labels.join('|')} {key: r.key}) WHERE head(labels(n)) = '${hiddenPrefix}' + r.type ` +
    'RETURN [properties(r), properties(n), ' +
    'COLLECT { MATCH (n)-[x]-(m) WHERE NOT m:Citation WITH n, x, m ORDER BY type(x), m.key LIMIT $p.most ' +
    'RETURN [type(x), startNode(x) = n, labels(m), m.key, coalesce(m.name, m.label), coalesce(m.nameZh, m.labelZh)] }, ' +
    'COLLECT { MATCH (n)-->(c:Citation) RETURN DISTINCT c.key ORDER BY c.key LIMIT 20 }] ORDER BY r.at DESC, r.id } } AS row'
  );
}

/**
 * Operations. `$p.of` (an id, or null), `$p.after`, `$p.first` -> `{ total, page }`, each its properties
 */
export const operationsStatement =
  'CYPHER 5 RETURN { total: COUNT { MATCH (o:Operation) WHERE $p.of IS NULL OR $p.of IN o.nodes }, page: COLLECT { ' +
  `MATCH (o:Operation) WHERE ($p.of IS NULL OR $p.of IN o.nodes) AND ${after('o.at', 'o.id')} ` +
  'RETURN properties(o) ORDER BY o.at DESC, o.id LIMIT $p.first } } AS row';
