// Emitted by `npm run emit`; not to be edited.
// Everything about one developer
CYPHER 5 RETURN COLLECT { MATCH (n0:Company {key: $p.p0}) RETURN [n0.name, n0.nameZh, [COLLECT { MATCH (n0)-[r2:DEVELOPS]->(x1:Model) WITH x1, r2 ORDER BY x1.key LIMIT $p.p1 RETURN [[x1.key, x1.name]] AS item }, [null, COUNT { (n0)-[r2:DEVELOPS]->(x1:Model) }]], [COLLECT { MATCH (n0)-[r4:IN_SECTOR]->(x3) WITH x3, r4 ORDER BY x3.key LIMIT $p.p2 RETURN [[x3.key, x3.nameZh]] AS item }, [null, null]]] AS item } AS value;
