// A company by its key, five fields.
CYPHER 5
MATCH (c:Company {key: $p.key})
RETURN c {.key, .name, .status, .foundedOn, .fundingTotalAmount, .fundingTotalCurrency}
