UNWIND $p.rows AS r
MATCH (i:InvestmentFirm {key: r[0]})
MATCH (f:FundingRound {key: r[1]})
MERGE (i)-[x:INVESTED_IN]->(f)
ON CREATE SET x.datasets = ['crunchbase-2013']
