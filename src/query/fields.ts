import DataLoader from 'dataloader';
import { getNamedType, type FieldNode, type GraphQLResolveInfo } from 'graphql';
import type { NounVerb } from '../derive/schema';
import type { Reference } from '../support/global-id';
import { reference, type Referable } from '../support/reference';
import { collected } from './column';
import { Planning } from './context';
import type { Engine } from './engine';
import type { Open } from './form';
import { fromKnown } from './known-node';
import { fieldColumn, relationColumn } from './node';
import { planOf, planRoot } from './plan';
import { NodeRef } from './reference';
import type { Request } from './request';
import { nodesColumn } from './roots';

/** Answers fields for graphql-js, where an operation has a verb in it: from the same plans, level by level where need be. */
export class Fields {
  constructor(readonly engine: Engine) {}

  /** A root field, for graphql-js: the tree below it lies on the result under its response keys. */
  async root(info: GraphQLResolveInfo, request: Request): Promise<unknown> {
    const options = { depth: request.depth ?? 'tree', referable: true } as const;
    const plan = planRoot(
      this.engine.parts,
      info.fieldNodes,
      info.fragments,
      info.variableValues,
      new Map(),
      options,
    );
    return this.engine.read(plan, info.variableValues, request, info.fieldName);
  }

  /**
   * A field of an object, for graphql-js: what was planned lies there already; what was not goes through a DataLoader,
   * one for each field, arguments and selection, batched by key.
   */
  field(source: unknown, info: GraphQLResolveInfo, request: Request): unknown {
    const key = info.path.key as string;
    const object = source as Record<string, unknown>;
    // What a verb gave lies under the names of its fields, what was planned under the keys of the answer.
    if (this.engine.parts.verbTypes.has(info.parentType.name))
      return this.#named(object[info.fieldName], info, request);
    if (key in object) return object[key];
    const { fieldName } = info;
    const from = (object as Referable)[reference] ?? verbReference(object);
    if (!from || !this.engine.parts.blueprint.all.has(from.type))
      return this.#named(object[fieldName], info, request);
    const { name: type } = info.parentType;
    return this.#batched(request, `${type}.${placeOf(info)}`, (ids) =>
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
    const context = { engine: this.engine, request };
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
    return this.#batched(request, `named ${info.parentType.name}.${placeOf(info)}`, (ids) =>
      this.#nodes(ids, info, request),
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
    const { blueprint, schema } = this.engine.parts;
    return new Planning(blueprint, schema, fragments, variableValues, new Map(), depth, true);
  }

  async #nodes(
    ids: readonly string[],
    info: GraphQLResolveInfo,
    request: Request,
  ): Promise<unknown[]> {
    const planning = this.#planning(info, request);
    const noun = this.engine.parts.blueprint.get(getNamedType(info.returnType).name);
    const plan = planOf(planning, nodesColumn(planning, noun, ids, info.fieldNodes));
    return (await this.engine.read(
      plan,
      info.variableValues,
      request,
      info.fieldName,
    )) as unknown[];
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
    const noun = this.engine.parts.blueprint.get(type);
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
    return (await this.engine.read(
      plan,
      info.variableValues,
      request,
      info.fieldName,
    )) as unknown[];
  }
}

function loadedColumn(...args: Parameters<typeof relationColumn>) {
  const column = relationColumn(...args) ?? fieldColumn(...args);
  if (!column)
    throw new Error(`${args[1].name} has no field "${args[3][0]?.name.value}" that can be loaded.`);
  return column;
}

/** Numbers of fields as they stand in documents. */
const numbers = new WeakMap<FieldNode, number>();
let numbered = 0;

/**
 * The place of a field in the selection. Below nouns of an interface fields of one response path may stand in fragments
 * of their own, with other arguments and other fields below: so it is told by where they stand as well.
 */
function placeOf({ path, fieldNodes }: GraphQLResolveInfo): string {
  const nodes = fieldNodes.map((node) => {
    const number = numbers.get(node) ?? numbered++;
    numbers.set(node, number);
    return number;
  });
  return `${responsePath(path)} ${nodes.join()}`;
}

/** The response keys that lead to a field, list positions left out. */
function responsePath(path: GraphQLResolveInfo['path']): string {
  const before = path.prev ? responsePath(path.prev) : '';
  return typeof path.key === 'number' ? before : `${before}/${path.key}`;
}

/** An object of a verb that names a node by type and key. */
function verbReference(object: Record<string, unknown>) {
  const { __typename: type, key } = object;
  return typeof type === 'string' && typeof key === 'string' ? { type, key } : undefined;
}
