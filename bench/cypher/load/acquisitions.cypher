MATCH (s:Source {key: $p.source})
UNWIND $p.rows AS r
MATCH (a:Company {key: r.acquirer})
MATCH (t:Company {key: r.target})
MERGE (f:Acquisition {key: r.key})
ON CREATE SET f:Fact, f += r.set
MERGE (f)-[x:ACQUIRER]->(a)
ON CREATE SET x.datasets = ['crunchbase-2013']
MERGE (f)-[y:TARGET]->(t)
ON CREATE SET y.datasets = ['crunchbase-2013']
MERGE (k:Citation {key: r.citation})
ON CREATE SET k.page = r.row
MERGE (f)-[:SUPPORTED_BY]->(k)
MERGE (k)-[:CITES]->(s)
