// The shortest way between two companies through rounds and investors.
CYPHER 5
MATCH (a:Company {key: $p.from}), (b:Company {key: $p.to})
MATCH p = shortestPath((a)-[:RAISED|INVESTED_IN*..16]-(b))
RETURN [n IN nodes(p) | [labels(n), n.key, coalesce(n.name, n.label)]]
