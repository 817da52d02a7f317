import 'reflect-metadata';
import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import type { GraphQLFieldResolver, GraphQLSchema } from 'graphql';
import type { Blueprint } from './blueprint';
import { attach, deriveSchema, nounVerbs, type Verb } from './derive/schema';
import { curateVerbs } from './curate';
import { verbsOf } from './explore';
import { rootNames } from './derive/names';
import { constraintsOf } from './derive/constraints';
import type { Graph } from './graph/graph';
import { Upkeep } from './graph/upkeep';
import { defaults, type Config } from './config';
import { createApollo } from './http/apollo';
import { answerer } from './http/answer';
import { openCache } from './http/cache/open';
import { PersistedQueries } from './http/documents/persisted';
import { loadDocuments } from './http/documents/trusted';
import { FanOuts } from './http/limits/cost/fan-out';
import { Scale } from './http/limits/cost/scale';
import { Queue } from './http/limits/queue';
import { Rate } from './http/limits/rate';
import { Health } from './http/health';
import { classOf, curatorOf } from './http/limits/caller';
import type { Log } from './http/log';
import { PassedQueries } from './http/passed';
import { createApp } from './http/app';
import { Engine } from './query/engine';
import { newRequest } from './query/request';
import type { Parts } from './query/plan';
import type { Context } from './query/execute';
import type { Root } from './query/roots';
import { traced } from './trace/tracer';

export interface ServerParts {
  readonly graph: Graph;
  readonly blueprint: Blueprint;
  readonly log?: Log;
  readonly config?: Config;
  /** Made from the blueprint where they are not given. */
  readonly parts?: Parts;
}

/** Milliseconds that requests on their way have when the server ends. */
const drainFor = 10_000;

export interface Server {
  readonly app: FastifyInstance;
  readonly schema: GraphQLSchema;
  readonly engine: Engine;
  /**
   * Answers what is on its way and ends.
   * @param leave milliseconds for which it first goes on answering, not ready, and tells each caller to come by another
   * connection: a request that is sent while its connection is closed would be lost
   */
  close(leave?: number): Promise<void>;
}

/** The schema with its resolvers, and what plans are made of. */
export function createParts(
  blueprint: Blueprint,
  verbs: readonly Verb[] = [...verbsOf(blueprint), ...curateVerbs(blueprint)],
): Parts {
  const schema = deriveSchema(blueprint, verbs);
  const roots = rootsOf(blueprint);
  const verbTypes = new Set(verbs.flatMap((verb) => verb.types.map((type) => type.name)));
  const given = nounVerbs(verbs);
  attach(schema, (type, field) => {
    if (type === 'Query')
      return roots.has(field)
        ? (_source, _args, context: Context, info) =>
            context.engine.fields.root(info, context.request)
        : spanned(field, verbs.find((verb) => field in verb.resolvers)?.resolvers[field]);
    if (type === 'Mutation')
      return spanned(
        field,
        verbs.find((verb) => verb.changes && field in verb.changes)?.changes?.[field],
      );
    const verb = given.get(`${type}.${field}`);
    if (verb)
      return (source, args, context: Context) =>
        context.engine.fields.verb(verb, source, args as Record<string, unknown>, context.request);
    return (source, _args, context: Context, info) =>
      context.engine.fields.field(source, info, context.request);
  });
  return { blueprint, schema, roots, verbTypes, nounVerbs: given };
}

/** The resolver of a root field, in a span where there is a tracer. */
function spanned(
  field: string,
  resolve: GraphQLFieldResolver<unknown, never> | undefined,
): GraphQLFieldResolver<unknown, Context> | undefined {
  return (
    resolve &&
    ((source, args, context, info) =>
      traced(context.engine.graph.tracer, field, {}, () =>
        resolve(source, args, context as never, info),
      ))
  );
}

function rootsOf(blueprint: Blueprint): Map<string, Root> {
  const roots = new Map<string, Root>([
    ['node', { kind: 'node' }],
    ['nodes', { kind: 'nodes' }],
  ]);
  for (const noun of blueprint.all.values()) {
    if (!noun.root) continue;
    const { one, many, groups } = rootNames(noun);
    if (!noun.isInterface) roots.set(one, { kind: 'one', noun });
    roots.set(many, { kind: 'many', noun });
    roots.set(groups, { kind: 'groups', noun });
  }
  return roots;
}

/** Builds the whole server; `app.listen` makes it reachable. */
export async function createServer({
  graph,
  blueprint,
  log = () => {},
  config = defaults,
  parts = createParts(blueprint),
}: ServerParts): Promise<Server> {
  const { schema } = parts;
  const engine = new Engine(graph, parts);
  const rate = new Rate(config.maxCostPerHour);
  const documents = {
    persisted: new PersistedQueries(),
    trusted: config.documentsFrom ? loadDocuments(config.documentsFrom, schema) : new Map(),
    onlyTrusted: config.documents === 'trusted',
  };
  const cache = openCache(config, graph.revision, schema, log);
  const queue = new Queue(config.poolSize);
  const health = new Health(graph, new Upkeep(graph, constraintsOf(blueprint)));
  const scale = new Scale(new FanOuts(parts), config, rate);
  const answer = answerer(engine, schema, queue, config.profile);
  const apollo = createApollo({
    schema,
    engine,
    profile: config.profile,
    scale,
    answer,
    documents,
    tokens: config.tokens,
    log,
  });
  await apollo.start();
  const app = createApp({
    apollo,
    config,
    nouns: blueprint.nouns,
    rate,
    documents,
    cache,
    passed: (context) => new PassedQueries({ answer, scale, revision: graph.revision, context }),
    service: { health, measured: { graph, queue, cache } },
    log,
    context: async ({ account, standing }, signal) => {
      const { caller } = account;
      account.request = newRequest({ signal, caller: classOf(caller) });
      const { request } = account;
      return { engine, account, standing, request, curator: curatorOf(caller) };
    },
  });
  return {
    app,
    schema,
    engine,
    async close(leave = 0) {
      health.draining = true;
      app.server.prependListener('request', (_request, response) => {
        response.shouldKeepAlive = false;
      });
      if (leave) await wait(leave);
      // What is on its way is answered; what then still hangs is given up. A connection that has had its answer and
      // waits for a next request would keep the server open.
      const idle = setInterval(() => app.server.closeIdleConnections(), 50);
      const hurry = setTimeout(() => app.server.closeAllConnections(), drainFor);
      await app.close();
      cache.close();
      clearTimeout(hurry);
      clearInterval(idle);
      await apollo.stop();
    },
  };
}
