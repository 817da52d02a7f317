// 50 companies by funding, with sectors, their 3 latest rounds, and 5 investors of each.
CYPHER 5
MATCH (c:Company)
WHERE c.fundingTotalAmount < $p.below
WITH c
ORDER BY c.fundingTotalAmount DESC, c.key
LIMIT 50
RETURN c {
  .key,
  .name,
  .fundingTotalAmount,
  sectors: COLLECT { MATCH (c)-[:IN_SECTOR]->(s) RETURN s {.key, .name} ORDER BY s.key },
  rounds: COLLECT {
    MATCH (c)-[:RAISED]->(f)
    WITH f
    ORDER BY f.announcedOnDay DESC, f.key
    LIMIT 3
    RETURN f {
      .key,
      .type,
      .announcedOn,
      .raisedAmount,
      investors: COLLECT {
        MATCH (f)<-[:INVESTED_IN]-(i)
        RETURN i {.key, .name}
        ORDER BY i.key
        LIMIT 5
      }
    }
  }
}
