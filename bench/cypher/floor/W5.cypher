// Rounds by sector and year: how many, and what they raised.
CYPHER 5
MATCH (f:FundingRound)<-[:RAISED]-(c)
OPTIONAL MATCH (c)-[:IN_SECTOR]->(s)
WITH s, f.announcedOnYear AS year, count(f) AS count, sum(f.raisedAmount) AS raised
RETURN [s.key, year, count, raised]
ORDER BY s.key, year
LIMIT $p.first
