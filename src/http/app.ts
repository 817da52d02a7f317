import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { ApolloServer, BaseContext } from '@apollo/server';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Noun } from '../blueprint';
import type { Config } from '../config';
import { keepAccounts } from './account';
import type { AnswerCache } from './cache/cache';
import { keepToSite } from './cross-site';
import { serveCsv } from './csv/serve';
import { signalOf } from './deadline';
import { findDocuments, type DocumentParts } from './documents/hook';
import { serveExplorer } from './explorer';
import { tellFaults } from './faults';
import { serveGraphFiles } from './graph-files/serve';
import { tellHealth, type Health } from './health';
import { limitAnswers } from './limits/answer-size';
import { limitCallers, limitInFlight, refusePacked } from './limits/callers';
import { limitDocuments } from './limits/document/hook';
import { InFlight } from './limits/in-flight';
import type { Rate } from './limits/rate';
import { shedLoad } from './limits/shed';
import { hangUpOnSlowReaders } from './limits/slow-readers';
import { tellLimits } from './limits/told';
import { letIn } from './limits/newcomers';
import type { Log } from './log';
import { measure, tellMetrics, type Measured } from './metrics';
import type { PassedQueries } from './passed';
import { servePlayground } from './playground';
import { refuseUnknown } from './role';
import { secureHeaders } from './security-headers';
import { step } from './step';
import { answerUnreadable, refuseMisaddressed, undecodable } from './unreadable';

export interface AppParts<C extends BaseContext> {
  readonly apollo: ApolloServer<C>;
  /** The context of a request; the signal fires when the caller goes away or the deadline passes. */
  readonly context: (request: FastifyRequest, signal: AbortSignal) => Promise<C>;
  readonly config: Config;
  /** What the page of pictures shows. */
  readonly nouns: readonly Noun[];
  readonly rate: Rate;
  readonly documents: DocumentParts;
  readonly cache: AnswerCache;
  /** Queries that need not go through Apollo Server again. */
  readonly passed?: (
    context: (request: FastifyRequest, reply: FastifyReply) => Promise<C>,
  ) => PassedQueries;
  /** What it tells of itself. */
  readonly service?: { readonly health: Health; readonly measured: Measured };
  readonly log: Log;
}

/** The web server: GraphQL at /graphql, the playground at /, pictures at /explore, limits, health and measures at /limits, /livez, /readyz, /metrics. */
export function createApp<C extends BaseContext>(parts: AppParts<C>): FastifyInstance {
  const { apollo, config, rate, documents, cache, service, log } = parts;
  const context = (request: FastifyRequest, reply: FastifyReply): Promise<C> =>
    parts.context(request, signalOf(request, reply, config.deadline));
  const app = fastify({
    bodyLimit: config.maxBody,
    schemaController: { compilersFactory: withoutSchemas },
    routerOptions: { ignoreTrailingSlash: true },
    // Who was let in while the server ends is answered all the same.
    return503OnClosing: false,
    trustProxy: config.trustProxy.length ? [...config.trustProxy] : false,
    requestTimeout: config.requestDeadline,
    connectionTimeout: config.idleDeadline,
    frameworkErrors: undecodable(config, log),
    clientErrorHandler: answerUnreadable(log),
    http: { connectionsCheckingInterval: 1_000, maxHeaderSize: config.maxHead },
  });
  app.server.headersTimeout = config.headDeadline;
  app.server.maxConnections = config.maxConnections;
  keepAccounts(app, config.tokens, log);
  step(app, 'preHandler', ({ account }) => void (account.whole = performance.now()));
  const measures = service && measure(app, service.measured);
  tellFaults(app, config, log);
  secureHeaders(app);
  hangUpOnSlowReaders(app, config.sendDeadline);
  letIn(app, config.maxArriving);
  keepToSite(app, config.origins);
  const inFlight = new InFlight(config.maxInFlight);
  void app.register(async (graphql) => {
    refuseMisaddressed(graphql);
    refusePacked(graphql);
    limitCallers(graphql, inFlight, rate);
    refuseUnknown(graphql);
    findDocuments(graphql, documents);
    cache.serve(graphql, config.deadline);
    if (service) shedLoad(graphql, service.measured.queue);
    limitDocuments(graphql, config);
    // Neither is what is too large turned into CSV, nor is CSV sent that is.
    limitAnswers(graphql, config.maxAnswer);
    serveCsv(graphql);
    limitAnswers(graphql, config.maxAnswer);
    cache.keep(graphql);
    const passed = parts.passed?.(context);
    passed?.serve(graphql);
    passed?.remember(graphql);
    graphql.route({
      url: '/graphql',
      method: ['GET', 'POST'],
      handler: fastifyApolloHandler(apollo, { context }),
    });
  });
  void app.register(async (files) => {
    limitCallers(files, inFlight, rate);
    refuseUnknown(files);
    limitAnswers(files, config.maxAnswer);
    serveGraphFiles(files, apollo, context, config.profile);
  });
  if (measures)
    void app.register(async (told) => {
      limitCallers(told, inFlight, rate);
      tellMetrics(told, measures);
    });
  if (service) tellHealth(app, service.health);
  void app.register(async (pages) => {
    limitInFlight(pages, inFlight);
    tellLimits(pages, config);
    // The examples and the page of pictures name half of what the schema holds.
    if (config.profile === 'locked') return;
    servePlayground(pages);
    serveExplorer(pages, parts.nouns);
  });
  return app;
}

const unused = (): never => {
  throw new Error('Routes here have no schemas of their own.');
};
/** What would check and write by JSON Schemas is not loaded: GraphQL does that. */
const withoutSchemas = { buildValidator: () => unused, buildSerializer: () => unused };
