UNWIND $p.rows AS r
MERGE (n:InvestmentFirm {key: r.key})
ON CREATE SET n:Entity:Investor, n += r.set
