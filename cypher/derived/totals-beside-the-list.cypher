// Emitted by `npm run emit`; not to be edited.
// Totals beside the list
CYPHER 5 RETURN [null, [null, COUNT { MATCH (n0:Sector) WHERE n0.schemeFolded = $p.p1 RETURN n0 }]] AS value;

CYPHER 5 RETURN [null, [head(COLLECT { MATCH (x1:Indicator) WHERE x1.key = $p.p1 MATCH (n0)-[r2:OF_INDICATOR]->(x1) WITH DISTINCT n0 WHERE n0:Observation RETURN [CASE WHEN count(n0.value) > 0 THEN sum(n0.value) END, collect(DISTINCT CASE WHEN n0.value IS NOT NULL THEN coalesce(n0.unit, '?') + coalesce(' ' + n0.currency, '') END), count(n0.value), count(n0)] AS item }), null]] AS value;
