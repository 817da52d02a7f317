/** Ends the Neo4j of the tests. */
export default async function tearDown(): Promise<void> {
  await globalThis.neo4jOfTests?.close();
}
