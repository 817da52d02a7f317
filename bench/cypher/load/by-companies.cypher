UNWIND $p.rows AS r
MATCH (i:Company {key: r[0]})
MATCH (f:FundingRound {key: r[1]})
SET i:Investor
MERGE (i)-[x:INVESTED_IN]->(f)
ON CREATE SET x.datasets = ['crunchbase-2013']
