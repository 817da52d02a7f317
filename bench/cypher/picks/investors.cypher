// Investors that backed at least 20 companies of which it is told what they raised.
CYPHER 5
MATCH (i:Investor)
WHERE 30 <= COUNT { (i)-[:INVESTED_IN]->() } <= 300
MATCH (i)-[:INVESTED_IN]->()<-[:RAISED]-(c)
WHERE c.fundingTotalAmount IS NOT NULL
WITH i, count(DISTINCT c) AS companies
WHERE companies >= 20
RETURN i.key
ORDER BY i.key
LIMIT 100
