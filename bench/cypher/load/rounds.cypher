MATCH (s:Source {key: $p.source})
UNWIND $p.rows AS r
MATCH (c:Company {key: r.company})
MERGE (f:FundingRound {key: r.key})
ON CREATE SET f:Fact, f += r.set
MERGE (c)-[x:RAISED]->(f)
ON CREATE SET x.datasets = ['crunchbase-2013']
MERGE (k:Citation {key: r.citation})
ON CREATE SET k.page = r.row
MERGE (f)-[:SUPPORTED_BY]->(k)
MERGE (k)-[:CITES]->(s)
