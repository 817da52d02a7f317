/** Ends every Neo4j of the tests. */
export default async function tearDown(): Promise<void> {
  await Promise.all(globalThis.neo4jOfTests?.map((each) => each.close()) ?? []);
}
