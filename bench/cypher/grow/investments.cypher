// What the copies of investors put into the copies of rounds.
CYPHER 5
MATCH (i:Investor)-[:INVESTED_IN]->(f:FundingRound)
WHERE 'crunchbase-2013' IN f.datasets AND NOT f.key CONTAINS '~'
CALL (i, f) {
  MATCH (j:Investor {key: i.key + $p.suffix})
  MATCH (g:FundingRound {key: f.key + $p.suffix})
  CREATE (j)-[:INVESTED_IN {datasets: ['crunchbase-2013']}]->(g)
} IN TRANSACTIONS OF 10000 ROWS
