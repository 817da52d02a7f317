import { canonicalText, parting } from '../canonical';
import { start, titles, type Contestant, type Name } from '../contestants/contestant';
import type { OpenGraph } from '../data/graphs';
import { say } from '../say';
import type { Form, Json, Work } from '../works/work';
import { ask, type Shot } from './load';
import { relay } from './statements';

/** A work with what it asks about. */
export interface Prepared {
  readonly work: Work;
  readonly variants: readonly Json[];
}

/** What the comparison found: answers are equal, or it stopped. */
export interface Compared {
  /** The bytes of ours, for the limit. */
  readonly answers: readonly string[];
  /** Statements a request, by contestant. */
  readonly statements: Readonly<Partial<Record<Name, number>>>;
}

export const formOf = (work: Work, name: Name): Form<Json> | undefined =>
  name === 'peer' ? work.peer : name === 'floor' ? work.floor : work.ours;

/** The requests of a work to a contestant. */
export function shotsOf({ work, variants }: Prepared, name: Name): Shot[] {
  const form = formOf(work, name);
  if (!form) return [];
  return variants.map((variant) => shot(work.name, name, form.ask(variant)));
}

export function shot(work: string, name: Name, body: object): Shot {
  return { path: name === 'floor' ? `/${work}` : '/graphql', body: JSON.stringify(body) };
}

/**
 * Asks all contestants everything once, behind relays that count their statements, and compares.
 * @param names who takes part; the first one's answers are those that the others are held to
 * @param most variants that are compared of each work; ours answers all
 * @throws Error where two answers differ
 */
export async function compare(
  graph: OpenGraph,
  prepared: readonly Prepared[],
  names: readonly Name[],
  most: number,
): Promise<Map<string, Compared>> {
  const found = new Map<string, Compared>();
  const taking = await Promise.all(
    names.map(async (name) => {
      const counter = await relay(graph.uri);
      return { name, counter, contestant: await start(name, counter.uri) };
    }),
  );
  try {
    for (const one of prepared) {
      const statements: Partial<Record<Name, number>> = {};
      const answers: string[] = [];
      const canonical: string[] = [];
      for (const { name, counter, contestant } of taking) {
        const form = formOf(one.work, name);
        if (!form) continue;
        const shots = shotsOf(one, name);
        const asked = name === names[0] ? shots : shots.slice(0, most);
        await prime(contestant, asked[0] as Shot);
        const before = counter.statements;
        for (const [at, each] of asked.entries()) {
          const text = await answerOf(contestant, one.work, each);
          const own = canonicalText(form.canonical((JSON.parse(text) as { data: Json }).data));
          if (name === names[0]) {
            answers.push(text);
            canonical.push(own);
          } else if (own !== canonical[at])
            throw new Error(
              `${one.work.name}: ${titles[name]} and ${titles[names[0] as Name]} differ for ${JSON.stringify(one.variants[at])}:\n${parting(own, canonical[at] as string)}`,
            );
        }
        statements[name] = (counter.statements - before) / asked.length;
      }
      found.set(one.work.name, { answers, statements });
      say(`${one.work.name}: equal answers of ${Object.keys(statements).length} contestants`);
    }
  } finally {
    for (const { contestant, counter } of taking) {
      await contestant.end();
      counter.close();
    }
  }
  return found;
}

/** The first time a cold Neo4j may plan for longer than a deadline allows. */
async function prime({ origin }: Contestant, first: Shot): Promise<void> {
  for (let tries = 0; tries < 3; tries++) {
    const { text } = await ask(origin, first);
    if (!text.includes('"errors":[')) return;
  }
}

async function answerOf(contestant: Contestant, work: Work, each: Shot): Promise<string> {
  const { status, text } = await ask(contestant.origin, each);
  if (status !== 200 || text.includes('"errors":['))
    throw new Error(
      `${work.name}: ${titles[contestant.name]} answers ${status} to ${each.body.slice(0, 300)}: ${text.slice(0, 500)}`,
    );
  return text;
}
