import neo4j from 'neo4j-driver';

/** How many nodes and relationships there are. */
export const countsOf = async (uri: string): Promise<string> => {
  const driver = neo4j.driver(uri, undefined, { disableLosslessIntegers: true });
  try {
    const { records } = await driver.executeQuery(
      'RETURN COUNT { MATCH (n) RETURN n } AS nodes, COUNT { MATCH ()-[r]->() RETURN r } AS edges',
    );
    return records.map((record) => `${record.get('nodes')} ${record.get('edges')}`).join();
  } finally {
    await driver.close();
  }
};
