UNWIND $p.rows AS r
MERGE (n:Place {key: r.key})
ON CREATE SET n:Entity, n += r.set
