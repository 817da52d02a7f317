// The companies that a full-text index finds.
CYPHER 5
CALL db.index.fulltext.queryNodes('search', $p.query, {limit: 2000}) YIELD node AS n, score
WHERE n:Company
RETURN n {.key, .name}
ORDER BY score DESC, n.key
LIMIT 20
