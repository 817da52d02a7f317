import type { Fault } from '../errors';
import type { Graph } from '../graph/graph';
import { told, type Plan } from './plan';

/** What a plan is asked with. */
type Parameters = Readonly<Record<string, unknown>>;

/** A plan, asked once. */
interface Question {
  readonly plan: Plan;
  readonly p: Parameters;
  readonly name: string;
  readonly signal: AbortSignal | undefined;
}

/** One who asks, and who waits for it. */
interface Asked extends Question {
  readonly answered: (answer: Answered) => void;
  readonly failed: (error: unknown) => void;
}

/** The value of a plan's one row, and the graph's revision after its statement. */
export interface Answered {
  readonly value: unknown;
  readonly revision: string;
}

/** How a plan is asked for many at once. */
interface Many {
  readonly text: string;
  /** Parameters that must be the same for all: Cypher's LIMIT takes nothing that varies from row to row. */
  readonly shared: readonly string[];
}

/** What is known of a plan from asking it. */
interface Pace {
  /** How often it was asked alone. */
  alone: number;
  /** Milliseconds that it took at the least. */
  least: number;
  /** Undefined until it is needed; null where it may only be asked alone. */
  many?: Many | null;
  /** Who asks in this turn of the event loop, by what must be the same for all. */
  readonly gathering: Map<string, Asked[]>;
}

/** When a plan is asked for many at once. */
export interface BatchOptions {
  /** How often a plan must have been asked alone: the statement for many is planned by Neo4j once more. */
  readonly after: number;
  /** Milliseconds that it must have taken at the most: many are answered one after another, by one thread of Neo4j. */
  readonly quick: number;
  /** How many are asked with one statement at the most. */
  readonly most: number;
  /** Milliseconds after which each is asked alone: nobody waits long for another's dear question. */
  readonly deadline: number;
}

const usual: BatchOptions = { after: 20, quick: 1, most: 16, deadline: 500 };

/**
 * Asks plans. Requests that ask the same quick plan in the same turn of the event loop, each with parameters of its own,
 * are answered by one statement, as a DataLoader does for keys: sending a statement costs the server and Neo4j more than
 * a small answer does.
 */
export class Batches {
  readonly #paces = new WeakMap<Plan, Pace>();

  constructor(
    readonly graph: Graph,
    readonly options: BatchOptions = usual,
  ) {}

  /**
   * @param signal ends a statement that is sent for this one alone; who shares one waits for its deadline at the most
   * @throws Fault as `Graph.read` does
   */
  ask(plan: Plan, p: Parameters, name: string, signal?: AbortSignal): Promise<Answered> {
    let pace = this.#paces.get(plan);
    if (!pace) this.#paces.set(plan, (pace = { alone: 0, least: Infinity, gathering: new Map() }));
    const question = { plan, p, name, signal };
    const { after, quick } = this.options;
    if (pace.alone < after || pace.least > quick) return this.#alone(pace, question);
    if (pace.many === undefined) pace.many = manyOf(plan.text);
    return pace.many ? this.#together(pace, pace.many, question) : this.#alone(pace, question);
  }

  async #alone(pace: Pace, { plan, p, name, signal }: Question): Promise<Answered> {
    const begun = performance.now();
    const { rows, revision } = await this.graph.read(plan.text, p, { signal, name });
    pace.alone++;
    pace.least = Math.min(pace.least, performance.now() - begun);
    return { value: rows[0], revision };
  }

  #together(pace: Pace, many: Many, question: Question): Promise<Answered> {
    return new Promise((answered, failed) => {
      const { gathering } = pace;
      const asked = { ...question, answered, failed };
      const shared = many.shared.length
        ? JSON.stringify(many.shared.map((each) => question.p[each]))
        : '';
      const under = gathering.get(shared);
      if (under && under.length < this.options.most) return void under.push(asked);
      const all = [asked];
      gathering.set(shared, all);
      setImmediate(() => {
        if (gathering.get(shared) === all) gathering.delete(shared);
        void this.#send(pace, many, all);
      });
    });
  }

  async #send(pace: Pace, { text, shared }: Many, all: readonly Asked[]): Promise<void> {
    const alone = (asked: Asked) => this.#alone(pace, asked).then(asked.answered, asked.failed);
    const [first] = all as [Asked];
    if (all.length === 1) return alone(first);
    const p: Record<string, unknown> = { all: all.map((each, at) => ({ ...each.p, at })) };
    for (const each of shared) p[each] = first.p[each];
    try {
      const { deadline } = this.options;
      const { rows, revision } = await this.graph.read(text, p, { name: first.name, deadline });
      const values = new Map(rows as readonly [number, unknown][]);
      // As when it is asked alone: a plan without a row has no value.
      for (const [at, { answered }] of all.entries()) answered({ value: values.get(at), revision });
    } catch (error) {
      const { code } = error as Partial<Fault>;
      // Where the database is not there it is not there for each of them.
      if (code === 'DATABASE_UNAVAILABLE' || code === 'OVERLOADED')
        return all.forEach(({ failed }) => failed(error));
      pace.many = null;
      await Promise.all(all.map(alone));
    }
  }
}

/** Beside what stands in one row, Cypher lets an aggregate refer to nothing from outside. */
const aggregate = /\b(count|collect|sum|avg|min|max|stDev|percentileCont)\(/;
const limits = /LIMIT \$p\.(\w+)/g;

/**
 * The statement that answers a plan for each item of `$p.all`; null for one that takes its parameters in a way that this
 * does not know.
 */
function manyOf(text: string): Many | null {
  const [, dialect, one] = /^(CYPHER \d+ )(.*)$/s.exec(text) ?? [];
  if (!dialect || !one || aggregate.test(one) || /\$(?!p\.)/.test(one)) return null;
  const shared = [...new Set([...one.matchAll(limits)].map(([, name]) => name as string))];
  const body = one.replace(/\$p\.(\w+)/g, (given, name: string) =>
    shared.includes(name) ? given : `asked.${name}`,
  );
  return {
    text: `${dialect}UNWIND $p.all AS asked CALL (asked) { ${told(body, ['asked'])} } RETURN [asked.at, value]`,
    shared,
  };
}
