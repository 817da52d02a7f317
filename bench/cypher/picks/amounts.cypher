// What the companies at every 20th place by funding have raised, 50 of them, and one more than the most.
CYPHER 5
MATCH (c:Company)
WHERE c.fundingTotalAmount IS NOT NULL
WITH c.fundingTotalAmount AS amount
ORDER BY amount DESC
LIMIT 1000
WITH collect(amount) AS amounts
UNWIND range(0, 49) AS i
RETURN CASE i WHEN 0 THEN amounts[0] + 1 ELSE amounts[i * 20] END
