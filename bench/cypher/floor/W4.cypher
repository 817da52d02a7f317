// 20 companies by funding that an investor backed: from the selective end.
CYPHER 5
MATCH (:Investor {key: $p.investor})-[:INVESTED_IN]->()<-[:RAISED]-(c)
WITH DISTINCT c
WHERE c.fundingTotalAmount IS NOT NULL
RETURN c {.key, .name, .fundingTotalAmount}
ORDER BY c.fundingTotalAmount DESC, c.key
LIMIT 20
