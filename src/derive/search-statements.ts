import type { Blueprint } from '../blueprint';
import { searchColumns, searchIndex } from './full-text';

/** Things that bear the text itself as their name or key: the index leaves out words such as "it". */
const byName = ['nameFolded', 'nameZhFolded', 'key']
  .map((column) => `MATCH (n:Entity) WHERE n.${column} IN $p.texts RETURN n, 0.0 AS score`)
  .join(' UNION ALL ');

const found = (limit: string): string =>
  `CALL () { CALL db.index.fulltext.queryNodes('${searchIndex}', $p.query${limit}) YIELD node AS n, score RETURN n, score ` +
  `UNION ALL ${byName} } WITH n, max(score) AS score`;

const names =
  '[n.key, n.nameFolded, n.nameZhFolded, n.labelFolded] + coalesce(n.aliasesFolded, [])';

/**
 * The best hits of the index, and what bears the text as its name, all in one row. `$p`: `query` (Lucene's syntax,
 * escaped), `texts` (the text folded, as it may be written), `window` (how many of the index), `types` (labels, or null for all).
 * -> `[how many of the index, their lowest score, hits of those types]`, a hit being
 * `[labels, key, whether a name is the very text, score (0: not among those of the index), degree, name, nameZh, label, labelZh]`
 */
export const hitsStatement =
  `CYPHER 5 ${found(', { limit: $p.window }')} WITH collect([n, score]) AS all CALL (all) { UNWIND all AS each WITH each[0] AS n, each[1] AS score ` +
  'WHERE $p.types IS NULL OR any(label IN labels(n) WHERE label IN $p.types) ' +
  `RETURN collect([labels(n), n.key, any(x IN $p.texts WHERE x IN ${names}), score, COUNT { (n)--() }, n.name, n.nameZh, n.label, n.labelZh]) AS hits } ` +
  'WITH [each IN all WHERE each[1] > 0 | each[1]] AS scores, hits ' +
  'RETURN [size(scores), reduce(least = null, each IN scores | CASE WHEN least < each THEN least ELSE each END), hits] AS row';

/** How many hits there are of which labels. `$p`: `query`, `texts`. -> `[labels, count]` */
export const countStatement = `CYPHER 5 ${found('')} WITH labels(n) AS labels, count(*) AS count RETURN [labels, count] AS row`;

/** A text without what may stand between its words: GPT-4 and gpt4 are alike. */
export const compacted = (text: string): string => text.replace(/[-\s._]/g, '');

/** The same of a stored name, which has no other gaps. */
const compact = (name: string): string =>
  ['-', ' ', '.', '_'].reduce((text, gap) => `replace(${text}, '${gap}', '')`, name);

/**
 * Things whose names hold the words, for typing along. `$p`: `query`, `texts`, `compact` (the text without gaps),
 * `window`, `first`. The very name first, then that name but for gaps, then names that begin with the text, and with it but for gaps;
 * of each the better connected.
 * -> `[labels, key, name, nameZh]`
 */
export const suggestStatement =
  `CYPHER 5 ${found(', { limit: $p.window }')} ` +
  `WITH n, score, ${names} AS names, COUNT { (n)--() } AS degree ` +
  'WITH n, degree, CASE WHEN any(x IN names WHERE x IN $p.texts) THEN 4 ' +
  `WHEN any(x IN names WHERE ${compact('x')} = $p.compact) THEN 3 ` +
  'WHEN any(x IN names WHERE any(t IN $p.texts WHERE x STARTS WITH t)) THEN 2 ' +
  `WHEN any(x IN names WHERE ${compact('x')} STARTS WITH $p.compact) THEN 1 ELSE 0 END AS near ` +
  'ORDER BY near DESC, degree DESC, n.key ' +
  'LIMIT $p.first RETURN [labels(n), n.key, n.name, n.nameZh] AS row';

/** The texts of some nodes that are searched. `$p.nodes`: `[noun, key]` -> `[noun, key, { column: text }]` */
export function textsStatement(blueprint: Blueprint): string {
  const columns = searchColumns(blueprint).map((name) => `.${name}`);
  return (
    'CYPHER 5 UNWIND $p.nodes AS k CALL (k) { MATCH (n:Entity {key: k[1]}) WHERE k[0] IN labels(n) RETURN n ' +
    'UNION MATCH (n:Fact {key: k[1]}) WHERE k[0] IN labels(n) RETURN n } ' +
    `RETURN k + [n { ${columns.join(', ')} }] AS row`
  );
}
