import DataLoader from 'dataloader';
import {
  getNamedType,
  Kind,
  OperationTypeNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLResolveInfo,
  type OperationDefinitionNode,
} from 'graphql';
import { assemble, type Result, type RootOutcome } from './execute';
import type { Graph } from '../graph/graph';
import type { NounVerb } from '../derive/schema';
import type { Reference } from '../support/global-id';
import { reference, type Referable } from '../support/reference';
import type { Run } from './column';
import { Planning } from './context';
import type { Variables } from './leaf';
import { relationColumn, fieldColumn } from './node';
import { notesOf, type Note } from './notes';
import { NodeRef } from './reference';
import { nodesColumn } from './roots';
import { callsVerb } from './verbs';
import { planOf, planRoot, Shapes, type Parts, type Plan } from './plan';

/** One request: what its statements share. */
export interface Request {
  readonly signal?: AbortSignal;
  /** How its relations are read: the whole tree at once, or level by level through the loaders. */
  readonly depth?: 'tree' | 'level';
  /** Loaders by field, arguments and selection; one set for each request. */
  readonly loaders: Map<string, DataLoader<string, unknown>>;
  readonly notes: Note[];
  /** Statements sent for it. */
  statements: number;
  /** Graph revisions after each of its statements. */
  readonly revisions: Set<string>;
}

export function newRequest(options: Pick<Request, 'signal' | 'depth'> = {}): Request {
  return { ...options, loaders: new Map(), notes: [], statements: 0, revisions: new Set() };
}

interface Field {
  readonly key: string;
  readonly nodes: readonly FieldNode[];
}

/** An operation that needs no resolver: of each root field its plan, a constant, or what is wrong with it. */
interface Planned {
  readonly fields: readonly Field[];
  readonly plans: readonly (Plan | string | Error)[];
}

/** Answers root fields and relations from the graph: one statement for a whole tree, or one for each level. */
export class Engine {
  readonly #documents = new WeakMap<DocumentNode, Map<string, Shapes<Planned | null>>>();

  constructor(
    readonly graph: Graph,
    readonly parts: Parts,
  ) {}

  /**
   * Answers a whole operation, one statement for each root field, side by side.
   * @returns null where a field of the operation needs a resolver: then graphql-js executes it
   */
  async run(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Variables,
    request: Request,
  ): Promise<Result | null> {
    const planned = this.#planned(document, operation, variables);
    if (!planned) return null;
    const run = { p: {}, faults: 0 };
    const outcomes = await Promise.all(
      planned.plans.map(async (plan): Promise<RootOutcome> => {
        if (typeof plan === 'string') return { value: plan };
        if (plan instanceof Error) return { error: plan };
        return this.#execute(plan, variables, request, run).then(
          (value) => ({ value }),
          (error: unknown) => ({ error }),
        );
      }),
    );
    return assemble(this.parts.schema, planned.fields, outcomes, run.faults);
  }

  #planned(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Variables,
  ): Planned | null {
    if (operation.operation !== OperationTypeNode.QUERY) return null;
    let shapes = this.#documents.get(document);
    if (!shapes)
      this.#documents.set(document, (shapes = new Map<string, Shapes<Planned | null>>()));
    const name = operation.name?.value ?? '';
    let own = shapes.get(name);
    if (!own) shapes.set(name, (own = new Shapes()));
    return own.get(
      variables,
      (fixed) => {
        const fragments = fragmentsOf(document);
        const { blueprint, schema } = this.parts;
        const planning = new Planning(blueprint, schema, fragments, variables, fixed);
        const fields: Field[] = [...planning.select([operation.selectionSet], 'Query')].map(
          ([key, nodes]) => ({ key, nodes }),
        );
        if (callsVerb(this.parts, document, operation)) return null;
        const plans = fields.map(({ nodes }): Plan | string | Error => {
          if (nodes[0]?.name.value === '__typename') return 'Query';
          try {
            return planRoot(this.parts, nodes, fragments, variables, fixed);
          } catch (error) {
            return error as Error;
          }
        });
        return { fields, plans };
      },
      (planned) => !planned?.plans.some((plan) => plan instanceof Error),
    );
  }

  async #execute(plan: Plan, variables: Variables, request: Request, run: Run): Promise<unknown> {
    const p = plan.parameters(variables);
    request.statements++;
    const { rows, revision } = await this.graph.read(plan.text, p, { signal: request.signal });
    request.revisions.add(revision);
    const own: Run = { p, faults: 0 };
    const value = plan.decode(rows[0], own);
    run.faults += own.faults;
    if (plan.named.length && isEmpty(value))
      request.notes.push(...(await notesOf(this.graph, plan, p, request)));
    return value;
  }

  /** A root field, for graphql-js: the tree below it lies on the result under its response keys. */
  async root(info: GraphQLResolveInfo, request: Request): Promise<unknown> {
    const options = { depth: request.depth ?? 'tree', referable: true } as const;
    const plan = planRoot(
      this.parts,
      info.fieldNodes,
      info.fragments,
      info.variableValues,
      new Set(),
      options,
    );
    return this.#execute(plan, info.variableValues, request, { p: {}, faults: 0 });
  }

  /**
   * A field of an object, for graphql-js: what was planned lies there already; what was not goes through a DataLoader,
   * one for each field, arguments and selection, batched by key.
   */
  field(source: unknown, info: GraphQLResolveInfo, request: Request): unknown {
    const key = info.path.key as string;
    const object = source as Record<string, unknown>;
    // What a verb gave lies under the names of its fields, what was planned under the keys of the answer.
    if (this.parts.verbTypes.has(info.parentType.name))
      return this.#named(object[info.fieldName], info, request);
    if (key in object) return object[key];
    const { fieldName } = info;
    const from = (object as Referable)[reference] ?? verbReference(object);
    if (!from || !this.parts.blueprint.all.has(from.type))
      return this.#named(object[fieldName], info, request);
    const { name: type } = info.parentType;
    return this.#batched(request, `${type}.${responsePath(info.path)}`, (ids) =>
      this.#load(
        type,
        info,
        request,
        ids.map((id) => id.slice(type.length + 1)),
      ),
    ).load(`${from.type}:${from.key}`);
  }

  /** A field that a verb gives to a noun, for graphql-js: asked together for all nodes that want it with the same arguments. */
  verb(
    { noun, field, load }: NounVerb,
    source: unknown,
    args: Readonly<Record<string, unknown>>,
    request: Request,
  ): Promise<unknown> {
    const { key } = (source as Referable)[reference] as Reference;
    const context = { engine: this, request };
    return this.#batched(request, `${noun}.${field.name} ${JSON.stringify(args)}`, async (keys) => {
      const found = await load(keys, args, context as never);
      return keys.map((each) => found.get(each) ?? null);
    }).load(key);
  }

  /** What a verb gave for a field: nodes that it names are read, all of one place together. */
  #named(value: unknown, info: GraphQLResolveInfo, request: Request): unknown {
    if (Array.isArray(value)) return value.map((each) => this.#named(each, info, request));
    if (!(value instanceof NodeRef)) return value;
    return this.#batched(request, `named ${responsePath(info.path)}`, (ids) =>
      this.#read(ids, info, request),
    ).load(`${value.type}:${value.key}`);
  }

  /** The loader of one place in the selection, made when it is first needed. */
  #batched(
    { loaders }: Request,
    place: string,
    load: (ids: readonly string[]) => Promise<unknown[]>,
  ): DataLoader<string, unknown> {
    const loader = loaders.get(place) ?? new DataLoader(load, { maxBatchSize: 1_000 });
    loaders.set(place, loader);
    return loader;
  }

  /** A planning for what is below a field that graphql-js resolves. */
  #planning(
    { fragments, variableValues }: GraphQLResolveInfo,
    { depth = 'tree' }: Request,
  ): Planning {
    const { blueprint, schema } = this.parts;
    return new Planning(blueprint, schema, fragments, variableValues, new Set(), depth, true);
  }

  async #read(
    ids: readonly string[],
    info: GraphQLResolveInfo,
    request: Request,
  ): Promise<unknown[]> {
    const planning = this.#planning(info, request);
    const noun = this.parts.blueprint.get(getNamedType(info.returnType).name);
    const plan = planOf(planning, nodesColumn(planning, noun, ids, info.fieldNodes));
    const run = { p: {}, faults: 0 };
    return (await this.#execute(plan, info.variableValues, request, run)) as unknown[];
  }

  /** One statement for one field of many objects; answers are matched by key. */
  async #load(
    type: string,
    info: GraphQLResolveInfo,
    request: Request,
    keys: readonly string[],
  ): Promise<unknown[]> {
    const planning = this.#planning(info, request);
    planning.path = [info.path.key as string];
    const noun = this.parts.blueprint.get(type);
    const from = planning.name('n');
    const param = planning.param(keys);
    const each = planning.name('e');
    const column = loadedColumn(planning, noun, from, info.fieldNodes);
    const text = `COLLECT { UNWIND ${param} AS ${each} MATCH (${from}:${type} {key: ${each}}) RETURN [${each}, ${column.text ?? 'null'}] AS item }`;
    const plan = planOf(planning, {
      text,
      decode: (value, run) => {
        const found = new Map(
          (value as [string, unknown][]).map(([key, item]) => [key, column.decode(item, run)]),
        );
        return keys.map((key) => found.get(key) ?? null);
      },
    });
    return (await this.#execute(plan, info.variableValues, request, {
      p: {},
      faults: 0,
    })) as unknown[];
  }
}

function loadedColumn(...args: Parameters<typeof relationColumn>) {
  const column = relationColumn(...args) ?? fieldColumn(...args);
  if (!column)
    throw new Error(`${args[1].name} has no field "${args[3][0]?.name.value}" that can be loaded.`);
  return column;
}

/** The place of a field in the selection: its response keys, list positions left out. */
function responsePath(path: GraphQLResolveInfo['path']): string {
  const before = path.prev ? responsePath(path.prev) : '';
  return typeof path.key === 'number' ? before : `${before}/${path.key}`;
}

/** An object of a verb that names a node by type and key. */
function verbReference(object: Record<string, unknown>) {
  const { __typename: type, key } = object;
  return typeof type === 'string' && typeof key === 'string' ? { type, key } : undefined;
}

function fragmentsOf(document: DocumentNode): Record<string, FragmentDefinitionNode> {
  return Object.fromEntries(
    document.definitions.flatMap((each) =>
      each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each] as const] : [],
    ),
  );
}

/** Whether nothing was found: no node, no count above 0. */
function isEmpty(value: unknown): boolean {
  if (value === null) return true;
  return Object.values(value as object).every((part) =>
    Array.isArray(part) ? !part.length : !(typeof part === 'number' && part),
  );
}
