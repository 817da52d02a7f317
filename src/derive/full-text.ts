import type { Blueprint, PropertyDef } from '../blueprint';

/** The columns that `search` looks through: names first, then the words of facts. */
export function searchColumns(blueprint: Blueprint): string[] {
  const names = new Set<string>();
  const words = new Set<string>();
  const sort = ({ name, kind, search }: PropertyDef) => {
    if (search || name === 'aliases' || name === 'labelZh') names.add(name);
    else if (kind === 'text' && name !== 'reason') words.add(name);
  };
  for (const noun of blueprint.nouns)
    if (noun.interfaces.includes('Node')) for (const each of noun.properties.values()) sort(each);
  return [...names, ...words];
}

/** One full-text index over everything: Chinese by pairs of characters, Latin by words. */
export function fullTextIndex(blueprint: Blueprint): string {
  const columns = searchColumns(blueprint).map((name) => `n.${name}`);
  return `CREATE FULLTEXT INDEX search IF NOT EXISTS FOR (n:Entity|Fact) ON EACH [${columns.join(', ')}] OPTIONS { indexConfig: { \`fulltext.analyzer\`: 'cjk' } };`;
}

/**
 * Finds nodes by their words. `$p`: `query` (Lucene's syntax, escaped), `text` (folded), `types` (labels, or null),
 * `most`. Exact names rank first, then names that begin with the text; of each, things before facts.
 * -> `[type, key, rank, score, degree, { column: text }]`
 */
export function searchStatement(blueprint: Blueprint): string {
  const columns = searchColumns(blueprint);
  const nouns = blueprint.nouns
    .filter((noun) => noun.interfaces.includes('Node'))
    .map((noun) => noun.name);
  const type = `CASE ${nouns.map((name) => `WHEN n:${name} THEN '${name}'`).join(' ')} END`;
  return (
    `CYPHER 5 CALL db.index.fulltext.queryNodes('search', $p.query, { limit: $p.most }) YIELD node AS n, score ` +
    `WITH n, score, ${type} AS type WHERE $p.types IS NULL OR type IN $p.types ` +
    `WITH n, type, score, [n.nameFolded, n.nameZhFolded, n.labelFolded] + coalesce(n.aliasesFolded, []) AS names ` +
    `WITH n, type, score, CASE WHEN $p.text IN names OR n.key = $p.text THEN 4 WHEN any(x IN names WHERE x STARTS WITH $p.text) THEN 2 ELSE 0 END + CASE WHEN n:Entity THEN 1 ELSE 0 END AS rank ` +
    `RETURN [type, n.key, rank, score, COUNT { (n)--() }, n { ${columns.map((name) => `.${name}`).join(', ')} }] AS row`
  );
}
