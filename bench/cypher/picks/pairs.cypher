// Pairs of companies between which there is but one shortest way, two to five steps long, so that answers can be compared.
CYPHER 5
MATCH (c:Company)
WHERE COUNT { (c)-[:RAISED]->()<-[:INVESTED_IN]-() } > 1
WITH c.key AS key
ORDER BY key
WITH collect(key) AS keys
UNWIND range(0, 999) AS i
WITH keys[i * 7 % size(keys)] AS from, keys[(i * 131 + 17) % size(keys)] AS to
MATCH (a:Company {key: from}), (b:Company {key: to})
WHERE a <> b
CALL (a, b) {
  MATCH p = allShortestPaths((a)-[:RAISED|INVESTED_IN*..12]-(b))
  RETURN p
  LIMIT 2
}
WITH from, to, count(p) AS ways, min(length(p)) AS steps
WHERE ways = 1 AND 4 <= steps <= 10
RETURN [from, to]
ORDER BY from, to
LIMIT 60
