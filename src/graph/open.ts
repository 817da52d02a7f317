import { threeWays, type Config } from '../config';
import type { GraphAddress } from './graph';
import { whyNotLocal } from './local/java';
import type { Progress } from './local/jars';
import { openLocal } from './local/server';

/** A Neo4j to work with, and how to leave it. */
export interface OpenNeo4j extends GraphAddress {
  close(): Promise<void>;
}

/**
 * The Neo4j that the configuration names; without one, a local one.
 * @throws Error that lists the three ways where there is none to be had
 */
export async function openNeo4j(
  config: Config,
  env: NodeJS.ProcessEnv,
  progress: Progress,
): Promise<OpenNeo4j> {
  const { neo4jUri, neo4jUser, neo4jPassword, neo4jDatabase, home, neo4jVersion, neo4jHeap } =
    config;
  if (neo4jUri)
    return {
      uri: neo4jUri,
      user: neo4jUser,
      password: neo4jPassword,
      database: neo4jDatabase,
      close: () => Promise.resolve(),
    };
  const why = await whyNotLocal(env, neo4jVersion, home);
  if (why)
    throw new Error(
      `There is no Neo4j: NEO4J_URI is not set, and none can be run here, for ${why}.\n\n${threeWays}`,
    );
  return openLocal({ home, version: neo4jVersion, heap: neo4jHeap, env, progress });
}
