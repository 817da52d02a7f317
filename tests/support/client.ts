import { parse, validate } from 'graphql';
import { blueprint } from '../../src/entities/blueprint';
import { Graph } from '../../src/graph/graph';
import { Engine } from '../../src/query/engine';
import { newRequest } from '../../src/query/request';
import { execute } from '../../src/query/execute';
import { stringify } from '../../src/query/json';
import { createParts } from '../../src/server';
import type { Blueprint } from '../../src/blueprint';
import type { Verb } from '../../src/derive/schema';
import { patient } from './patient';

/** How a document is answered: planned whole, or by resolvers over whole trees or level by level. */
export type Way = 'planned' | 'tree' | 'level';

export interface Answer {
  readonly data: Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any
  readonly errors?: readonly {
    message: string;
    path?: readonly (string | number)[];
    extensions: Record<string, unknown>;
  }[];
  readonly extensions?: Record<string, unknown>;
  readonly statements: number;
}

/** A client of the schema over the Neo4j of the tests. */
export function client(of: Blueprint = blueprint, verbs?: readonly Verb[]) {
  const graph = new Graph(
    { uri: process.env.YUNTU_TEST_NEO4J_URI as string },
    { deadline: patient.databaseDeadline },
  );
  const parts = createParts(of, verbs);
  const engine = new Engine(graph, parts);
  return {
    graph,
    parts,
    engine,
    /** Asks; the answer is what a caller would get as JSON. */
    async ask(
      query: string,
      variables?: Record<string, unknown>,
      way: Way = 'planned',
    ): Promise<Answer> {
      const document = parse(query);
      const errors = validate(parts.schema, document);
      if (errors.length)
        return {
          data: {},
          errors: JSON.parse(JSON.stringify(errors)) as Answer['errors'],
          statements: 0,
        };
      const request = newRequest(way === 'planned' ? {} : { depth: way });
      const mode = way === 'planned' ? 'planned' : 'resolvers';
      const result = await execute(
        engine,
        parts.schema,
        document,
        undefined,
        variables,
        { request, engine },
        mode,
      );
      return { ...(JSON.parse(stringify(result)) as Answer), statements: request.statements };
    },
    close: () => graph.close(),
  };
}

export type Client = ReturnType<typeof client>;
