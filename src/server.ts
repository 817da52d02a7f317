import 'reflect-metadata';
import type { FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { Blueprint } from './blueprint';
import { attach, deriveSchema, type Verbs } from './derive/schema';
import { rootNames } from './derive/names';
import type { Graph } from './graph/graph';
import { createApollo, type Log } from './http/apollo';
import { createApp } from './http/app';
import { Engine } from './query/engine';
import type { Context } from './query/execute';
import type { Root } from './query/roots';

export interface ServerParts {
  readonly graph: Graph;
  readonly blueprint: Blueprint;
  readonly log?: Log;
}

export interface Server {
  readonly app: FastifyInstance;
  readonly schema: GraphQLSchema;
  readonly engine: Engine;
  close(): Promise<void>;
}

/** The schema with its resolvers, and the engine that answers from the graph. No environment, no globals. */
export function createEngine(graph: Graph, blueprint: Blueprint, verbs: Verbs = () => []) {
  const schema = deriveSchema(blueprint, verbs);
  const roots = rootsOf(blueprint);
  const written = new Set<string>();
  attach(schema, (type, field) => {
    const root = type === 'Query' ? roots.get(field) : undefined;
    if (root)
      return (_source, _args, context: Context, info) => context.engine.root(info, context.request);
    const derived = type !== 'Query' && type !== 'Mutation' && !written.has(`${type}.${field}`);
    if (!derived) return undefined;
    return (source, _args, context: Context, info) =>
      context.engine.field(source, info, context.request);
  });
  const engine = new Engine(graph, { blueprint, schema, roots, verbs: new Set() });
  return { schema, engine };
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
}: ServerParts): Promise<Server> {
  const { schema, engine } = createEngine(graph, blueprint);
  const apollo = createApollo(schema, engine, log);
  await apollo.start();
  const app = createApp(apollo, engine);
  return {
    app,
    schema,
    engine,
    async close() {
      await app.close();
      await apollo.stop();
    },
  };
}
