UNWIND $p.rows AS r
MERGE (s:Source {key: r.key})
ON CREATE SET s:Entity, s += r.set
