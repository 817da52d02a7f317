// A copy of each firm that invests.
CYPHER 5
MATCH (i:InvestmentFirm)
WHERE 'crunchbase-2013' IN i.datasets AND NOT i.key CONTAINS '~'
CALL (i) {
  CREATE (j:InvestmentFirm:Entity:Investor)
  SET j = i {.*, key: i.key + $p.suffix}
} IN TRANSACTIONS OF 5000 ROWS
