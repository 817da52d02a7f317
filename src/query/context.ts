import {
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  getDirectiveValues,
  isAbstractType,
  Kind,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import { getArgumentValues } from 'graphql/execution/values';
import neo4j from 'neo4j-driver';
import type { Blueprint, Noun } from '../blueprint';
import { badInput } from '../errors';
import { isObject } from '../support/is-object';
import type { KeyedParam } from './former-keys';
import { Leaf, placeOf, wrap, type Fixed, type Shaping, type Variables } from './leaf';

/** What a plan sends: a value that stands in the document, or one that a variable holds. */
type Param = (variables: Variables) => unknown;

/** A key that a filter names: looked up when the answer is empty, for `notes`. */
export interface NamedKey {
  readonly noun: Noun;
  readonly property: string;
  /** Where its folded form is stored, by which it is compared; none where it is compared as it stands. */
  readonly folded?: string;
  readonly path: string;
  readonly param: string;
}

export type Depth = 'tree' | 'level';

/** Nodes that are found once, before anything else of the statement: a list under a name. */
export interface FoundSet {
  readonly name: string;
  /** What finds them: clauses that end in `RETURN ... AS <name>`. */
  readonly text: string;
}

/** Collects what one statement needs while its tree is planned: names, parameters, the document's parts. */
export class Planning {
  readonly variables: Variables;
  readonly params: Record<string, Param> = {};
  /** What each parameter was made of, in their order. */
  readonly #given: unknown[] = [];
  readonly named: NamedKey[] = [];
  readonly keyed: KeyedParam[] = [];
  /** What is looked at in every request before anything is sent; each throws a Fault that names the path. */
  readonly checks: ((variables: Variables) => void)[] = [];
  readonly sets: FoundSet[] = [];
  /** Where in the request the planner is, for errors. */
  path: string[] = [];
  #names = 0;

  constructor(
    readonly blueprint: Blueprint,
    readonly schema: GraphQLSchema,
    readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>,
    readonly plain: Variables,
    readonly fixed: Fixed,
    /** 'level' plans a node's own fields only and leaves its relations to the loaders. */
    readonly depth: Depth = 'tree',
    /** Whether every object must tell its type and key to resolvers. */
    readonly referable = false,
  ) {
    this.variables = wrap(plain) as Variables;
  }

  readonly #aside = new Map<string, string[]>();

  /**
   * Works a value out in a subquery of its own, before the rows that `from` belongs to are returned; gives its name. So
   * must go whatever aggregates: inside an expression Cypher takes an aggregate for one of the row around it.
   * @param told the variable that the subquery begins at, where it is another
   */
  aside(from: string, query: (name: string) => string, told = from): string {
    const name = this.name('a');
    const own = this.#aside.get(from) ?? [];
    this.#aside.set(from, [...own, ` CALL (${told}) { ${query(name)} }`]);
    return name;
  }

  /** The subqueries that have to stand before rows with these variables are returned. */
  asides(...names: readonly string[]): string {
    return names.flatMap((name) => this.#aside.get(name) ?? []).join('');
  }

  /**
   * Plans alternatives of which all come to the same as one.
   * @param told what a plan comes to, as text; what its parameters hold is compared beside it
   * @returns null where two differ: then nothing of it is kept
   */
  asOne<T>(alternatives: readonly (() => T)[], told: (made: T) => string): T[] | null {
    const names = this.#names;
    const params = Object.keys(this.params).length;
    const lists = [this.named, this.keyed, this.checks, this.sets, this.#given] as const;
    const lengths = lists.map(({ length }) => length);
    const asides = [...this.#aside];
    const begin = () => {
      this.#names = names;
      for (const name of Object.keys(this.params).slice(params)) delete this.params[name];
      lists.forEach((list, index) => (list.length = lengths[index] as number));
      this.#aside.clear();
      for (const [from, own] of asides) this.#aside.set(from, own);
    };
    const made: T[] = [];
    let first: string | undefined;
    for (const alternative of alternatives) {
      begin();
      const each = alternative();
      const text = told(each) + JSON.stringify(this.#given.slice(params));
      first ??= text;
      if (text !== first) {
        begin();
        return null;
      }
      made.push(each);
    }
    return made;
  }

  /** A fresh name for a Cypher variable. */
  name(stem: string): string {
    return `${stem}${this.#names++}`;
  }

  /** A parameter, as it stands in the text. `convert` checks and converts; it throws a Fault that names the path. */
  param(value: unknown, convert: (value: never) => unknown = (same) => same): string {
    const name = `p${Object.keys(this.params).length}`;
    const check = this.here(convert as (given: unknown) => unknown);
    const leaves = hasLeaf(value);
    // Checked now, so that a bad value never reaches the database; again for the values of later requests.
    const now = check(unwrap(value));
    this.#given.push(value);
    this.params[name] = leaves ? (variables) => check(unwrap(value, variables)) : () => now;
    return `$p.${name}`;
  }

  /** Notes that what `work` plans compares keys of a noun. */
  keysOf<T>(noun: Noun, tells: boolean, work: () => T): T {
    const before = Object.keys(this.params).length;
    const made = work();
    for (const param of Object.keys(this.params).slice(before))
      this.keyed.push({ noun, param, tells });
    return made;
  }

  int(value: unknown): string {
    return this.param(value, (number: number) => neo4j.int(number));
  }

  /** Notes that something of a variable's value shapes the plan. */
  shapedBy(leaf: Leaf, shaping: Shaping): void {
    const place = placeOf(leaf);
    const before = this.fixed.get(place);
    // By its value is all there can be.
    if (before === JSON.stringify || before === shaping) return;
    this.fixed.set(place, before ? JSON.stringify : shaping);
  }

  /** The value itself, where it shapes the plan. */
  fix<T>(value: unknown): T {
    if (value instanceof Leaf) {
      this.shapedBy(value, JSON.stringify);
      return value.value as T;
    }
    if (Array.isArray(value)) return value.map((each) => this.fix(each)) as T;
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(
        Object.entries(value).map(([key, each]) => [key, this.fix(each)]),
      ) as T;
    return value as T;
  }

  at<T>(step: string, work: () => T): T {
    this.path.push(step);
    try {
      return work();
    } finally {
      this.path.pop();
    }
  }

  /** Work to be done later that tells its faults as if it were done here. */
  here<A extends unknown[], T>(work: (...args: A) => T): (...args: A) => T {
    const path = [...this.path];
    return (...args) => {
      const before = this.path;
      this.path = path;
      try {
        return work(...args);
      } finally {
        this.path = before;
      }
    };
  }

  fault(message: string, extensions = {}) {
    return badInput(this.where(), message, extensions);
  }

  where(): string {
    return this.path.join('.');
  }

  /** The fields selected on a type, fragments opened, those with one response key together; as graphql-js collects. */
  select(selections: readonly SelectionSetNode[], type: string): Map<string, FieldNode[]> {
    const fields = new Map<string, FieldNode[]>();
    const seen = new Set<string>();
    for (const each of selections) this.#collect(each, type, fields, seen);
    return fields;
  }

  #collect(
    set: SelectionSetNode,
    type: string,
    fields: Map<string, FieldNode[]>,
    seen: Set<string>,
  ): void {
    for (const node of set.selections) {
      if (!this.#included(node)) continue;
      if (node.kind === Kind.FIELD) {
        const key = (node.alias ?? node.name).value;
        const before = fields.get(key);
        if (before) before.push(node);
        else fields.set(key, [node]);
      } else if (node.kind === Kind.INLINE_FRAGMENT) {
        if (this.#applies(node.typeCondition?.name.value, type))
          this.#collect(node.selectionSet, type, fields, seen);
      } else {
        const name = node.name.value;
        if (seen.has(name)) continue;
        seen.add(name);
        const fragment = this.fragments[name];
        if (fragment && this.#applies(fragment.typeCondition.name.value, type))
          this.#collect(fragment.selectionSet, type, fields, seen);
      }
    }
  }

  #included(node: SelectionSetNode['selections'][number]): boolean {
    if (!node.directives?.length) return true;
    if (getDirectiveValues(GraphQLSkipDirective, node, this.plain)?.if === true) return false;
    return getDirectiveValues(GraphQLIncludeDirective, node, this.plain)?.if !== false;
  }

  #applies(condition: string | undefined, type: string): boolean {
    if (!condition || condition === type) return true;
    const wanted = this.schema.getType(condition);
    const found = this.schema.getType(type);
    return isAbstractType(wanted) && this.schema.isSubType(wanted, found as GraphQLObjectType);
  }

  /** The arguments of a field, variables as leaves. */
  args(type: string, node: FieldNode): Record<string, unknown> {
    const owner = this.schema.getType(type) as GraphQLObjectType;
    const def = owner.getFields()[node.name.value] as GraphQLField<unknown, unknown>;
    return getArgumentValues(def, node, this.variables);
  }
}

/** The selection sets below a field's nodes. */
export function below(nodes: readonly FieldNode[]): SelectionSetNode[] {
  return nodes.flatMap((node) => (node.selectionSet ? [node.selectionSet] : []));
}

function hasLeaf(value: unknown): boolean {
  return (
    value instanceof Leaf ||
    (Array.isArray(value) && value.some(hasLeaf)) ||
    (isObject(value) && Object.values(value).some(hasLeaf))
  );
}

/** The value of a leaf, or of a structure of them: of this request, or of another's variables. */
export function unwrap(value: unknown, variables?: Variables): unknown {
  if (value instanceof Leaf) return variables ? value.read(variables) : value.value;
  if (Array.isArray(value)) return value.map((each) => unwrap(each, variables));
  if (isObject(value))
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [key, unwrap(each, variables)]),
    );
  return value;
}
