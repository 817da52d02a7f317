// Companies with 4 to 6 rounds and 8 to 20 investments in them.
CYPHER 5
MATCH (c:Company)
WHERE 4 <= COUNT { (c)-[:RAISED]->() } <= 6
WITH c, COUNT { (c)-[:RAISED]->()<-[:INVESTED_IN]-() } AS investments
WHERE 8 <= investments <= 20
RETURN c.key
ORDER BY c.key
LIMIT 100
