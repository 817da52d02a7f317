UNWIND $p.rows AS r
MERGE (c:Company {key: r.key})
ON CREATE SET c:Entity, c += r.set
WITH c, r
CALL (c, r) {
  MATCH (s:Sector {key: r.sector})
  MERGE (c)-[x:IN_SECTOR]->(s)
  ON CREATE SET x.certainty = 'STATED', x.primary = true, x.datasets = ['crunchbase-2013']
}
CALL (c, r) {
  MATCH (p:Place {key: r.country})
  MERGE (c)-[x:BASED_IN]->(p)
  ON CREATE SET x.certainty = 'STATED', x.datasets = ['crunchbase-2013']
}
