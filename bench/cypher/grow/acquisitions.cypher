// A copy of each acquisition between copies.
CYPHER 5
MATCH (a:Company)<-[:ACQUIRER]-(f:Acquisition)-[:TARGET]->(t:Company)
WHERE 'crunchbase-2013' IN f.datasets AND NOT f.key CONTAINS '~'
CALL (a, f, t) {
  MATCH (b:Company {key: a.key + $p.suffix})
  MATCH (u:Company {key: t.key + $p.suffix})
  CREATE (b)<-[:ACQUIRER {datasets: ['crunchbase-2013']}]-(g:Acquisition:Fact)-[:TARGET {datasets: ['crunchbase-2013']}]->(u)
  SET g = f {.*, key: f.key + $p.suffix}
  WITH f, g
  MATCH (f)-[:SUPPORTED_BY]->(k)
  CREATE (g)-[:SUPPORTED_BY]->(k)
} IN TRANSACTIONS OF 5000 ROWS
