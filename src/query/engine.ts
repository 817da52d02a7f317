import DataLoader from 'dataloader';
import {
  getNamedType,
  isNonNullType,
  Kind,
  OperationTypeNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLResolveInfo,
  type OperationDefinitionNode,
} from 'graphql';
import { assemble, type Result, type RootField, type RootOutcome } from './execute';
import type { Graph } from '../graph/graph';
import type { NounVerb } from '../derive/schema';
import { traced } from '../trace/tracer';
import type { Reference } from '../support/global-id';
import { reference, type Referable } from '../support/reference';
import { collected } from './column';
import { Planning } from './context';
import { Flights } from './flights';
import { newRun, type Open, type Run } from './form';
import { FormerKeys } from './former-keys';
import { fromKnown } from './known';
import type { Variables } from './leaf';
import { relationColumn, fieldColumn } from './node';
import { notesOf, type Note } from './notes';
import { readerOf } from './read';
import { NodeRef } from './reference';
import { nodesColumn } from './roots';
import { callsVerb } from './verbs';
import { planOf, planRoot, Shapes, type Parts, type Plan } from './plan';
import { fieldWriter, type Write } from './write';

/** One request: what its statements share. */
export interface Request {
  readonly signal?: AbortSignal;
  /** The class of callers that see the same; all are one unless told otherwise. */
  readonly caller?: string;
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

export function newRequest(options: Pick<Request, 'signal' | 'depth' | 'caller'> = {}): Request {
  return { ...options, loaders: new Map(), notes: [], statements: 0, revisions: new Set() };
}

/** What an execution gives to all who share it. */
interface Flown {
  readonly result: Result;
  /** What its statements shared. */
  readonly own: Request;
}

/** A root field that is answered without a resolver: a plan and how its answer is written, a constant, or what is wrong with it. */
type Way =
  | { readonly plan: Plan; readonly write: Write }
  | { readonly error: unknown }
  | { readonly text: string };

/** A way with the parameters of a request, or what is wrong with them. */
function readied(way: Way, variables: Variables) {
  if (!('plan' in way)) return way;
  try {
    return { ...way, p: way.plan.parameters(variables) };
  } catch (error) {
    return { error };
  }
}

/** An operation that needs no resolver: its root fields, each with its way. */
type Planned = readonly (RootField & { readonly way: Way })[];

/** Answers root fields and relations from the graph: one statement for a whole tree, or one for each level. */
export class Engine {
  readonly #documents = new WeakMap<DocumentNode, Map<string, Shapes<Planned | null>>>();

  /** Executions under way. */
  readonly flights = new Flights<Flown>();

  readonly former: FormerKeys;

  constructor(
    readonly graph: Graph,
    readonly parts: Parts,
  ) {
    this.former = new FormerKeys(graph);
  }

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
    const { tracer } = this.graph;
    const planned = traced(tracer, 'plan', {}, () => this.#planned(document, operation, variables));
    if (!planned) return null;
    // All is checked before anything is sent; where all would be lost, nothing is.
    const ready = planned.map(({ key, way, required }) => ({
      key,
      required,
      ...readied(way, variables),
    }));
    const lost = ready.some((each) => each.required && 'error' in each);
    const outcomes = await Promise.all(
      ready.map(async (each): Promise<RootOutcome> => {
        if (!('plan' in each)) return each;
        if (lost) return { text: null };
        try {
          return await traced(tracer, each.key, {}, async () => {
            const { plan, p, key, write } = each;
            const { made, run } = await this.#make(plan, p, request, key, write);
            return { text: made, faults: run.faults };
          });
        } catch (error) {
          return { error };
        }
      }),
    );
    return assemble(planned, outcomes);
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
        if (callsVerb(this.parts, document, operation)) return null;
        const types = schema.getQueryType()?.getFields() ?? {};
        return [...planning.select([operation.selectionSet], 'Query')].map(([key, nodes]) => {
          const name = nodes[0]?.name.value ?? '';
          const def = types[name];
          if (!def) return { key, nodes, required: true, way: { text: '"Query"' } };
          const required = isNonNullType(def.type);
          try {
            const plan = planRoot(this.parts, nodes, fragments, variables, fixed);
            const write = fieldWriter('Query', { def, nodes, form: plan.form });
            return { key, nodes, required, way: { plan, write } };
          } catch (error) {
            return { key, nodes, required, way: { error } };
          }
        });
      },
      (planned) => !planned?.some(({ way }) => 'error' in way),
    );
  }

  /** Sends a plan's statement; gives the value of its one row. */
  async #ask(
    plan: Plan,
    p: Run['p'],
    request: Request,
    name: string,
  ): Promise<{ readonly value: unknown; readonly run: Run }> {
    request.statements++;
    const { signal } = request;
    const { rows, revision } = await this.graph.read(plan.text, p, { signal, name });
    request.revisions.add(revision);
    return { value: rows[0], run: newRun(p) };
  }

  /**
   * Asks a plan and makes something of its value; once more, where a key found nothing because it was merged away.
   * Where nothing was found, remarks on what the plan's filters name.
   */
  async #make<T>(
    plan: Plan,
    given: Run['p'],
    request: Request,
    name: string,
    make: (value: unknown, run: Run) => T,
  ): Promise<{ readonly made: T; readonly run: Run }> {
    const p = plan.keyed.length ? await this.former.inFilters(plan.keyed, given) : given;
    let { value, run } = await this.#ask(plan, p, request, name);
    let made = make(value, run);
    if (run.found) return { made, run };
    const other = plan.keyed.length ? await this.former.ofMissing(plan.keyed, p) : null;
    if (other) {
      ({ value, run } = await this.#ask(plan, other, request, name));
      made = make(value, run);
    }
    if (!run.found && plan.named.length)
      request.notes.push(...(await notesOf(this.graph, plan, run.p, request)));
    return { made, run };
  }

  /** The value of a plan as objects, for graphql-js. */
  async #read(plan: Plan, variables: Variables, request: Request, name: string): Promise<unknown> {
    const read = readerOf(plan.form);
    return (await this.#make(plan, plan.parameters(variables), request, name, read)).made;
  }

  /** A root field, for graphql-js: the tree below it lies on the result under its response keys. */
  async root(info: GraphQLResolveInfo, request: Request): Promise<unknown> {
    const options = { depth: request.depth ?? 'tree', referable: true } as const;
    const plan = planRoot(
      this.parts,
      info.fieldNodes,
      info.fragments,
      info.variableValues,
      new Map(),
      options,
    );
    return this.#read(plan, info.variableValues, request, info.fieldName);
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
    const known = fromKnown(value, info, () => this.#planning(info, request));
    if (known) return known;
    return this.#batched(
      request,
      `named ${info.parentType.name}.${responsePath(info.path)}`,
      (ids) => this.#nodes(ids, info, request),
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
    return new Planning(blueprint, schema, fragments, variableValues, new Map(), depth, true);
  }

  async #nodes(
    ids: readonly string[],
    info: GraphQLResolveInfo,
    request: Request,
  ): Promise<unknown[]> {
    const planning = this.#planning(info, request);
    const noun = this.parts.blueprint.get(getNamedType(info.returnType).name);
    const plan = planOf(planning, nodesColumn(planning, noun, ids, info.fieldNodes));
    return (await this.#read(plan, info.variableValues, request, info.fieldName)) as unknown[];
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
    const byKey: Open = (value) => {
      const found = new Map(value as [string, unknown][]);
      return keys.map((key) => found.get(key));
    };
    const plan = planOf(planning, {
      text: collected(
        planning,
        undefined,
        {
          text: `UNWIND ${param} AS ${each} MATCH (${from}:${type} {key: ${each}})`,
          variables: [from],
        },
        `[${each}, ${column.text}]`,
      ),
      form: { kind: 'list', item: column.form, open: byKey },
    });
    return (await this.#read(plan, info.variableValues, request, info.fieldName)) as unknown[];
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
