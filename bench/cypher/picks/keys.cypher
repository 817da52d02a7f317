// Keys of companies, spread over all that have told what they raised.
CYPHER 5
MATCH (c:Company)
WHERE c.fundingTotalAmount IS NOT NULL
WITH c.key AS key
ORDER BY key
WITH collect(key) AS keys
UNWIND range(0, 499) AS i
RETURN keys[i * size(keys) / 500]
