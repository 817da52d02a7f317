import {
  isNonNullType,
  Kind,
  OperationTypeNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
} from 'graphql';
import type { Graph } from '../graph/graph';
import { traced } from '../trace/tracer';
import { Batches, type BatchOptions } from './batches';
import { Planning } from './context';
import { assemble, type Result, type RootField, type RootOutcome } from './execute';
import { Fields } from './fields';
import { Flights } from './flights';
import { newRun, type Run } from './form';
import { FormerKeys } from './former-keys';
import type { Variables } from './leaf';
import { notesOf } from './notes';
import { planRoot, Shapes, shelfOf, type Parts, type Plan } from './plan';
import { readerOf } from './read';
import type { Request } from './request';
import { callsVerb } from './verbs';
import { weightOf } from './weight';
import { fieldWriter, type Write } from './write';

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

/** An operation that needs no resolver: its root fields, each with its way; with the document, which its plans hold on to. */
interface Planned {
  readonly fields: readonly (RootField & { readonly way: Way })[];
  readonly document: DocumentNode;
}

/** Bytes that a plan takes for each character of its statement, about: how it is written and read is longer than its text. */
const perCharacter = 50;

/** Bytes of memory that a planned operation takes, about. */
function planWeight(planned: Planned | null): number {
  if (!planned) return 100;
  const text = planned.fields.reduce(
    (sum, { way }) => sum + ('plan' in way ? way.plan.text.length : 0),
    0,
  );
  return weightOf(planned.document) + perCharacter * text;
}

export interface EngineOptions {
  readonly batches?: BatchOptions;
}

/** Answers root fields and relations from the graph: one statement for a whole tree, or one for each level. */
export class Engine {
  readonly #documents = new WeakMap<DocumentNode, Map<string, Shapes<Planned | null>>>();
  readonly #shelf = shelfOf<Planned | null>(64 * 1024 * 1024, planWeight);

  /** What graphql-js resolves fields by. */
  readonly fields = new Fields(this);

  /** Executions under way. */
  readonly flights = new Flights<Flown>();

  readonly former: FormerKeys;

  readonly batches: Batches;

  constructor(
    readonly graph: Graph,
    readonly parts: Parts,
    options?: EngineOptions,
  ) {
    this.batches = new Batches(graph, options?.batches);
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
    const ready = planned.fields.map(({ key, way, required }) => ({
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
    return assemble(planned.fields, outcomes);
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
    if (!own) shapes.set(name, (own = new Shapes(this.#shelf)));
    return own.get(
      variables,
      (fixed) => {
        const fragments = fragmentsOf(document);
        const { blueprint, schema } = this.parts;
        const planning = new Planning(blueprint, schema, fragments, variables, fixed);
        if (callsVerb(this.parts, document, operation)) return null;
        const types = schema.getQueryType()?.getFields() ?? {};
        const fields = [...planning.select([operation.selectionSet], 'Query')].map(
          ([key, nodes]) => {
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
          },
        );
        return { fields, document };
      },
      (planned) => !planned?.fields.some(({ way }) => 'error' in way),
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
    const { value, revision } = await this.batches.ask(plan, p, name, signal);
    request.revisions.add(revision);
    return { value, run: newRun(p) };
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
    const { signal } = request;
    const p = plan.keyed.length ? await this.former.inFilters(plan.keyed, given, signal) : given;
    let { value, run } = await this.#ask(plan, p, request, name);
    let made = make(value, run);
    if (run.found) return { made, run };
    const other = plan.keyed.length ? await this.former.ofMissing(plan.keyed, p, signal) : null;
    if (other) {
      ({ value, run } = await this.#ask(plan, other, request, name));
      made = make(value, run);
    }
    if (!run.found && plan.named.length)
      // The answer is whole without remarks: where none can be had it goes out as it is.
      request.notes.push(...(await notesOf(this.graph, plan, run.p, request).catch(() => [])));
    return { made, run };
  }

  /** The value of a plan as objects, for graphql-js. */
  async read(plan: Plan, variables: Variables, request: Request, name: string): Promise<unknown> {
    const read = readerOf(plan.form);
    return (await this.#make(plan, plan.parameters(variables), request, name, read)).made;
  }
}

function fragmentsOf(document: DocumentNode): Record<string, FragmentDefinitionNode> {
  return Object.fromEntries(
    document.definitions.flatMap((each) =>
      each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each] as const] : [],
    ),
  );
}
