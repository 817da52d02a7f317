import type { GraphQLFieldResolver } from 'graphql';
import type { Blueprint } from '../blueprint';
import { changeFields, changeTypes } from '../derive/change-types';
import { changesOf, type ChangeDef } from '../derive/changes';
import type { Verb } from '../derive/schema';
import { Fault } from '../errors';
import type { Context } from '../query/execute';
import { NodeRef } from '../query/reference';
import { toGlobalId } from '../support/global-id';
import { invalid, Refused } from './failure';
import { trailVerb } from './trail';
import { carryOut, type Change, type Recorded } from './operation';

/** The most changes of one operation. */
export const mostChanges = 100;

interface Args {
  readonly input: object;
  readonly operationId: string;
}

/** What curators change, and how all see what they did. */
export function curateVerbs(blueprint: Blueprint): Verb[] {
  return [changeVerb(blueprint), trailVerb(blueprint)];
}

/** The mutation: `upsert` for every noun, `link` and `unlink` for every relation, `retract`, `restore`, and several at once. */
function changeVerb(blueprint: Blueprint): Verb {
  const defs = changesOf(blueprint);
  const byField = new Map(defs.map((def) => [def.field, def]));
  const several = ({ input }: Args): readonly Change[] => {
    const items = input as readonly Readonly<Record<string, object>>[];
    if (!items.length || items.length > mostChanges)
      throw invalid([
        {
          path: 'input',
          message: `${items.length} changes; an operation has 1 to ${mostChanges}.`,
        },
      ]);
    return items.map((item, index) => {
      const given = Object.entries(item).filter(([, value]) => value != null);
      const [only] = given;
      if (given.length !== 1 || !only)
        throw invalid([
          { path: `input.${index}`, message: `${given.length} fields; a change has exactly one.` },
        ]);
      const [field, value] = only;
      return {
        def: byField.get(field) as ChangeDef,
        input: value,
        path: `input.${index}.${field}`,
      };
    });
  };
  const types = changeTypes(blueprint, defs);
  return {
    types,
    roots: [],
    resolvers: {},
    mutations: changeFields(defs),
    changes: {
      ...Object.fromEntries(
        defs.map((def) => [
          def.field,
          resolver(
            blueprint,
            ({ input }) => [{ def, input, path: 'input' }],
            ([recorded], id) => payloadOf(def, recorded as Recorded, id),
          ),
        ]),
      ),
      change: resolver(blueprint, several, (all, operationId) => ({
        __typename: 'Changed',
        operationId,
        results: all.map((each) => ({
          change: each.change,
          outcome: each.outcome,
          ...endsOf(each),
          id: toGlobalId(each.type, each.key),
        })),
      })),
    },
  };
}

function resolver(
  blueprint: Blueprint,
  changesIn: (args: Args) => readonly Change[],
  answer: (recorded: readonly Recorded[], operationId: string) => object,
): GraphQLFieldResolver<unknown, Context> {
  return async (_source, given, { engine, request, curator }) => {
    if (curator === undefined)
      throw new Fault('FORBIDDEN', 'Nobody but a curator may change the graph.');
    const args = given as unknown as Args;
    try {
      const changes = changesIn(args);
      const operation = { id: args.operationId, by: curator, changes };
      const recorded = await carryOut(engine.graph, blueprint, operation, request.signal);
      return answer(recorded, args.operationId);
    } catch (error) {
      if (error instanceof Refused) return error.failure;
      throw error;
    }
  };
}

function endsOf({ type, key, to }: Recorded) {
  return { node: new NodeRef(type, key), to: to ? new NodeRef(...to) : null };
}

function payloadOf(def: ChangeDef, recorded: Recorded, operationId: string): object {
  const { node, to } = endsOf(recorded);
  const shared = { operationId, outcome: recorded.outcome };
  switch (def.kind) {
    case 'upsert':
      return { __typename: `${def.noun.name}Upserted`, ...shared, node };
    case 'link':
    case 'unlink':
      return { __typename: 'Linked', ...shared, from: node, to };
    case 'retract':
    case 'restore':
      return {
        __typename: 'Retracted',
        ...shared,
        id: toGlobalId(recorded.type, recorded.key),
        node,
      };
  }
}
