// A company, its rounds, their investors, the rounds these were in, and whose rounds they were.
CYPHER 5
MATCH (c:Company {key: $p.key})
RETURN c {
  .key,
  .name,
  rounds: COLLECT {
    MATCH (c)-[:RAISED]->(f)
    WITH f
    ORDER BY f.key
    LIMIT 10
    RETURN f {
      .key,
      .type,
      investors: COLLECT {
        MATCH (f)<-[:INVESTED_IN]-(i)
        WITH i
        ORDER BY i.key
        LIMIT 10
        RETURN i {
          .key,
          .name,
          rounds: COLLECT {
            MATCH (i)-[:INVESTED_IN]->(g)
            WITH g
            ORDER BY g.key
            LIMIT 10
            MATCH (g)<-[:RAISED]-(d)
            RETURN g {.key, .announcedOn, company: d {.key, .name}}
            ORDER BY g.key
          }
        }
      }
    }
  }
}
