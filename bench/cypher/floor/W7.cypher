// What lies within four steps of a company along rounds and investments, and all lines among that.
CYPHER 5
MATCH (seed:Company {key: $p.seed})-[:RAISED|INVESTED_IN]->(f1)
WITH seed, collect(f1) AS rounds
CALL (rounds) {
  UNWIND rounds AS f
  MATCH (f)<-[:RAISED|INVESTED_IN]-(n)
  RETURN collect(DISTINCT n) AS near
}
CALL (near) {
  UNWIND near AS n
  MATCH (n)-[:RAISED|INVESTED_IN]->(f)
  RETURN collect(DISTINCT f) AS more
}
CALL (more) {
  UNWIND more AS f
  MATCH (f)<-[r:RAISED|INVESTED_IN]-(n)
  RETURN collect(DISTINCT n) AS far, collect([n.key, type(r), f.key]) AS lines
}
RETURN [
  [n IN more + far | [n.key, coalesce(n.name, n.label), COUNT { (n)--() }]],
  lines
]
