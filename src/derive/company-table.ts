/** What companies are compared by, beside what they share. */
export type CompanyColumn = 'FUNDING_TOTAL' | 'FUNDING_ROUNDS' | 'INVESTORS' | 'MODELS';

const rounds = `(c)-[:RAISED]->(f WHERE f.certainty <> 'MISSING')`;

/** `[value, currency]`; a number of relationships is unknown where none is recorded. */
const columns: Readonly<Record<CompanyColumn, string>> = {
  FUNDING_TOTAL: '[c.fundingTotalAmount, c.fundingTotalCurrency]',
  FUNDING_ROUNDS: `[nullIf(COUNT { ${rounds} }, 0), null]`,
  INVESTORS: `[nullIf(COUNT { MATCH ${rounds}<-[:INVESTED_IN]-(i) RETURN DISTINCT i }, 0), null]`,
  MODELS: '[nullIf(COUNT { (c)-[:DEVELOPS]->(:Model) }, 0), null]',
};

/**
 * All companies with what they share and, where one is asked for, a value. `$p`: `asked` (keys that are read whatever
 * else is), `most` (companies), `series` (types of rounds that tell a stage).
 * -> `{ companies: [[key, relationships, [[sector's id, certainty]], country's id, certainty, status, is listed, type of the
 * latest round that tells, value, [key of what is probably the same]]], concepts: [[id, noun, key, name, nameZh]] }`
 */
export function companyTableStatement(column: CompanyColumn | null): string {
  return (
    'CYPHER 5 RETURN { ' +
    'companies: COLLECT { CALL () { UNWIND $p.asked AS k MATCH (c:Company {key: k}) RETURN c UNION MATCH (c:Company) RETURN c } WITH c LIMIT $p.most ' +
    "CALL (c) { OPTIONAL MATCH (c)-[b:BASED_IN]->()-[:PART_OF*0..4]->(p {kind: 'COUNTRY'}) RETURN p, b.certainty AS sure ORDER BY p.key LIMIT 1 } " +
    'RETURN [c.key, COUNT { (c)--() }, COLLECT { MATCH (c)-[r:IN_SECTOR]->(s) RETURN [id(s), r.certainty] }, id(p), sure, c.status, ' +
    `EXISTS { MATCH (c)-[:LISTED_AS]->(l) WHERE coalesce(l.status, '') <> 'DELISTED' AND l.certainty <> 'MISSING' }, ` +
    `head(COLLECT { MATCH ${rounds} WHERE f.type IN $p.series RETURN f.type ORDER BY f.announcedOnDay IS NULL, f.announcedOnDay DESC, f.key LIMIT 1 }), ` +
    `${column ? columns[column] : 'null'}, COLLECT { MATCH (c)-[:SAME_AS]-(o) RETURN o.key }] }, ` +
    `concepts: COLLECT { MATCH (s:Sector) RETURN [id(s), 'Sector', s.key, s.name, s.nameZh] } + ` +
    `COLLECT { MATCH (p:Place {kind: 'COUNTRY'}) RETURN [id(p), 'Place', p.key, p.name, p.nameZh] } } AS row`
  );
}
