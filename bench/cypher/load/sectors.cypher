UNWIND $p.rows AS r
MERGE (n:Sector {key: r.key})
ON CREATE SET n:Entity, n += r.set
