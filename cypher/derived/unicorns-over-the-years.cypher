// Emitted by `npm run emit`; not to be edited.
// Unicorns over the years
CYPHER 5 RETURN [COLLECT { MATCH (x1:Indicator) WHERE x1.key = $p.p1 MATCH (n0)-[r2:OF_INDICATOR]->(x1) WITH DISTINCT n0 WHERE n0:Observation WITH n0 ORDER BY n0.periodStartDay, n0.periodEndDay, n0.key LIMIT $p.p2 RETURN [[n0.value, n0.unit, [n0.periodLabel], n0.certainty, COLLECT { MATCH (n0)-[r4:SUPPORTED_BY]->(x3) WITH DISTINCT x3 ORDER BY x3.page, x3.key LIMIT 20 RETURN [x3.page] AS item }]] AS item }, [null, null]] AS value;
