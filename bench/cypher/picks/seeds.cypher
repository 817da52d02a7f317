// Companies from which four steps through rounds and investors lead to 400 to 499 nodes; no investor between is a hub.
CYPHER 5
MATCH (c:Company)
WHERE 1 <= COUNT { (c)-[:RAISED]->()<-[:INVESTED_IN]-() } <= 12
CALL (c) {
  MATCH (c)-[:RAISED]->()<-[:INVESTED_IN]-(i)
  WITH DISTINCT i
  RETURN sum(COUNT { (i)--() }) AS near, max(COUNT { (i)--() }) AS most
}
WITH c, near, most
WHERE 60 <= near <= 200 AND most < 60
WITH c
ORDER BY c.key
LIMIT 600
CALL (c) {
  MATCH (c)-[:RAISED|INVESTED_IN*1..4]-(n)
  RETURN count(DISTINCT n) AS size
}
WITH c, size
WHERE 400 <= size <= 499
RETURN c.key
ORDER BY c.key
LIMIT 40
