import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import { Neo4jGraphQL } from '@neo4j/graphql';
import fastify from 'fastify';
import { connect } from '../cypher';
import { bench } from '../product';

/**
 * The peer: `@neo4j/graphql` over the same stored graph, on the same web server as the product, cacheControl off. The
 * database is named in advance, which spares it a question to Neo4j.
 */
async function main(): Promise<void> {
  const driver = connect(process.env.NEO4J_URI ?? '');
  const typeDefs = readFileSync(join(bench, 'peer.graphql'), 'utf8');
  const schema = await new Neo4jGraphQL({ typeDefs, driver }).getSchema();
  const apollo = new ApolloServer({
    schema,
    plugins: [ApolloServerPluginCacheControlDisabled()],
    stopOnTerminationSignals: false,
  });
  await apollo.start();
  const app = fastify();
  const context = () => Promise.resolve({ sessionConfig: { database: 'neo4j' } });
  app.post('/graphql', fastifyApolloHandler(apollo, { context }));
  process.once('SIGTERM', () => process.exit(0));
  await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
