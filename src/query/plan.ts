import type { FieldNode, FragmentDefinitionNode, GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Blueprint } from '../blueprint';
import type { NounVerb } from '../derive/schema';
import type { Column } from './column';
import { Planning, type Depth, type FoundSet, type NamedKey } from './context';
import type { Form } from './form';
import type { KeyedParam } from './former-keys';
import { shapeOf, type Fixed, type Variables } from './leaf';
import { rootColumn, type Root } from './roots';

/** What one root field of a document becomes: one statement, its parameters, and the form of its one row. */
export interface Plan {
  readonly text: string;
  parameters(variables: Variables): Record<string, unknown>;
  readonly form: Form;
  readonly named: readonly NamedKey[];
  readonly keyed: readonly KeyedParam[];
}

/** Further options of the planner were measured and made no difference. */
const dialect = 'CYPHER 5 ';

/** Closes a planning: the statement that returns the column's value as its only row. */
export function planOf(planning: Planning, column: Column, before = ''): Plan {
  const { params, checks } = planning;
  return {
    text: `${dialect}${before}${returned(planning.sets, column.text)}`,
    parameters: (variables) => {
      for (const check of checks) check(variables);
      return Object.fromEntries(
        Object.entries(params).map(([name, read]) => [name, read(variables)]),
      );
    },
    form: column.form,
    named: planning.named,
    keyed: planning.keyed,
  };
}

/**
 * Returns a value, for which some sets are found first, each from those before it. A subquery of its own scope has to be
 * told their names, and a projection that aggregates anywhere below must name them beside the value.
 */
function returned(sets: readonly FoundSet[], value: string): string {
  if (!sets.length) return `RETURN ${value} AS value`;
  const names = sets.map(({ name }) => name);
  const finds = sets.map(
    ({ text }, index) => `${told(`CALL () { ${text} }`, names.slice(0, index))} `,
  );
  return `${finds.join('')}WITH ${names.join(', ')}, ${told(value, names)} AS value RETURN value`;
}

/** A text of which each subquery of its own scope is told some names. */
export function told(text: string, names: readonly string[]): string {
  return text.replace(
    /CALL \(([\w, ]*)\) \{/g,
    (_, own: string) => `CALL (${[...(own ? [own] : []), ...names].join(', ')}) {`,
  );
}

/** What plans are made of. */
export interface Parts {
  readonly blueprint: Blueprint;
  readonly schema: GraphQLSchema;
  readonly roots: ReadonlyMap<string, Root>;
  /** Names of the types that verbs give. */
  readonly verbTypes: ReadonlySet<string>;
  /** Fields that verbs give to nouns, by `Noun.field`. */
  readonly nounVerbs: ReadonlyMap<string, NounVerb>;
}

/** Plans a root field. */
export function planRoot(
  { blueprint, schema, roots }: Parts,
  nodes: readonly FieldNode[],
  fragments: Readonly<Record<string, FragmentDefinitionNode>>,
  variables: Variables,
  fixed: Fixed,
  options: { readonly depth?: Depth; readonly referable?: boolean } = {},
): Plan {
  const planning = new Planning(
    blueprint,
    schema,
    fragments,
    variables,
    fixed,
    options.depth,
    options.referable,
  );
  const [node] = nodes as [FieldNode];
  const root = roots.get(node.name.value);
  if (!root) throw new Error(`"${node.name.value}" is not a root field that can be planned.`);
  planning.path = [(node.alias ?? node.name).value];
  return planOf(planning, rootColumn(planning, root, nodes));
}

/** Plans of one operation, by the shape of its variables. They stand on a shelf with those of all others. */
export class Shapes<T> {
  readonly fixed: Fixed = new Map();
  readonly #own = `${made++}`;

  constructor(readonly shelf: Shelf<T>) {}

  /** The plan for variables of this shape, made if there is none yet. */
  get(
    variables: Variables,
    make: (fixed: Fixed) => T,
    keeps: (made: T) => boolean = () => true,
  ): T {
    const found = this.shelf.get(this.#keyOf(variables));
    if (found) return found.plan;
    const plan = make(this.fixed);
    // Making it may have found out that further values shape it.
    if (keeps(plan)) this.shelf.set(this.#keyOf(variables), { plan });
    return plan;
  }

  #keyOf(variables: Variables): string {
    return `${this.#own} ${shapeOf(variables, this.fixed)}`;
  }
}

let made = 0;

/** Plans of all documents. */
export type Shelf<T> = LRUCache<string, { readonly plan: T }>;

/** A shelf from which the plans that were not asked for longest leave, once they take more than so many bytes. */
export function shelfOf<T>(bytes: number, weigh: (plan: T) => number): Shelf<T> {
  return new LRUCache({
    maxSize: bytes,
    sizeCalculation: ({ plan }, key) => 2 * key.length + weigh(plan),
  });
}
