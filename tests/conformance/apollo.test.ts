import { ApolloServer, type ApolloServerOptions, type BaseContext } from '@apollo/server';
import { defineIntegrationTestSuite } from '@apollo/server-integration-testsuite';
import { buildSchema } from 'graphql';
import { defaults } from '../../src/config';
import { plugins } from '../../src/http/apollo';
import { createApp } from '../../src/http/app';
import { FanOuts } from '../../src/http/limits/cost/fan-out';
import { Scale } from '../../src/http/limits/cost/scale';
import { Revision } from '../../src/graph/revision';
import { AnswerCache } from '../../src/http/cache/cache';
import { PersistedQueries } from '../../src/http/documents/persisted';
import { Rate } from '../../src/http/limits/rate';

/** Apollo's own suite for web servers, against ours with all limits as they are by default. */
defineIntegrationTestSuite(
  async (options: ApolloServerOptions<BaseContext>, { context } = {}) => {
    const rate = new Rate(defaults.maxCostPerHour);
    const schema = buildSchema('type Query { unused: Int }');
    const ours = plugins(new Scale(new FanOuts({ schema }), defaults, rate));
    const server = new ApolloServer({ ...options, plugins: [...(options.plugins ?? []), ...ours] });
    await server.start();
    const app = createApp({
      apollo: server,
      config: defaults,
      nouns: [],
      rate,
      documents: { persisted: new PersistedQueries(), trusted: new Map(), onlyTrusted: false },
      cache: new AnswerCache({
        revision: new Revision(() => Promise.resolve(), 1_000),
        bytes: 1_000_000,
        fingerprint: () => '',
      }),
      log: () => {},
      context: async () => (await context?.()) ?? {},
    });
    const url = await app.listen({ host: '127.0.0.1', port: 0 });
    return { server, url: `${url}/graphql`, extraCleanup: async () => void (await app.close()) };
  },
  { noIncrementalDelivery: false },
);
