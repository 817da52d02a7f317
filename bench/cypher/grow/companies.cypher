// A copy of each company of the files, in the same sector and place.
CYPHER 5
MATCH (c:Company)
WHERE 'crunchbase-2013' IN c.datasets AND NOT c.key CONTAINS '~'
CALL (c) {
  CREATE (d:Company:Entity)
  SET d = c {.*, key: c.key + $p.suffix}
  FOREACH (_ IN CASE WHEN c:Investor THEN [1] ELSE [] END | SET d:Investor)
  WITH c, d
  CALL (c, d) {
    MATCH (c)-[x:IN_SECTOR]->(s)
    CREATE (d)-[y:IN_SECTOR]->(s)
    SET y = properties(x)
  }
  CALL (c, d) {
    MATCH (c)-[x:BASED_IN]->(s)
    CREATE (d)-[y:BASED_IN]->(s)
    SET y = properties(x)
  }
} IN TRANSACTIONS OF 5000 ROWS
