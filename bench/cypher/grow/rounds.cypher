// A copy of each round with its company's copy and the same citation.
CYPHER 5
MATCH (c:Company)-[:RAISED]->(f:FundingRound)
WHERE 'crunchbase-2013' IN f.datasets AND NOT f.key CONTAINS '~'
CALL (c, f) {
  MATCH (d:Company {key: c.key + $p.suffix})
  CREATE (d)-[:RAISED {datasets: ['crunchbase-2013']}]->(g:FundingRound:Fact)
  SET g = f {.*, key: f.key + $p.suffix}
  WITH f, g
  MATCH (f)-[:SUPPORTED_BY]->(k)
  CREATE (g)-[:SUPPORTED_BY]->(k)
} IN TRANSACTIONS OF 5000 ROWS
