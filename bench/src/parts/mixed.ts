import { canonicalText, parting } from '../canonical';
import { start, type Contestant, type Name } from '../contestants/contestant';
import { pick } from '../data/graphs';
import { shot } from '../measure/compare';
import { ask, type Shot } from '../measure/load';
import { relay } from '../measure/statements';
import { rounds } from '../measure/rounds';
import { say } from '../say';
import { canonical, forOurs, forPeer, questions, type Subjects } from '../works/W10';
import type { Json } from '../works/work';
import type { Loaded, Setting } from './part';

const names: readonly Name[] = ['off', 'on', 'peer'];
/** Requests that are made for a round; more than any contestant gets through. */
const enough = 30_000;

/** W10: 50 documents in turn, and each tenth request is a document that the server has never seen. */
export async function measureMixed({ mode, graph: open }: Setting): Promise<Loaded> {
  const graph = await open();
  const subjects: Subjects = {
    keys: (await pick(graph, 'keys')) as string[],
    amounts: (await pick(graph, 'amounts')) as number[],
    investors: (await pick(graph, 'investors')) as string[],
  };
  const known = questions(subjects, 1, 50);
  const asked = (name: Name, each: (typeof known)[number]): Shot =>
    shot('W10', name, name === 'peer' ? forPeer(each) : forOurs(each));
  const statements: Partial<Record<Name, number>> = {};
  const answers = new Map<Name, string[]>();
  const compared = [...known, ...questions(subjects, 2, Math.min(mode.compared, 50))];
  for (const name of names) {
    const counter = await relay(graph.uri);
    const contestant = await start(name, counter.uri);
    const before = counter.statements;
    const own: string[] = [];
    for (const each of compared) {
      const { text } = await ask(contestant.origin, asked(name, each));
      const { data } = JSON.parse(text) as { data: Json };
      if (!data) throw new Error(`W10: ${name} answers ${text.slice(0, 400)}`);
      own.push(canonicalText(canonical(data)));
    }
    statements[name] = (counter.statements - before) / compared.length;
    answers.set(name, own);
    await contestant.end();
    counter.close();
  }
  for (const [name, own] of answers)
    for (const [at, text] of own.entries()) {
      const expected = answers.get('off')?.[at] ?? '';
      if (text !== expected)
        throw new Error(
          `W10: ${name} differs for ${forOurs(compared[at] as never).query}:\n${parting(text, expected)}`,
        );
    }
  say('W10: equal answers of 3 contestants');
  // Who is second to ask a new document would find its statement planned in Neo4j: each has new ones of its own.
  let seed = 100;
  const ammunition = (name: Name): Shot[] => {
    const fresh = questions(subjects, seed++, enough / 10);
    const shots: Shot[] = [];
    for (let at = 0; shots.length < enough; at++)
      shots.push(
        asked(
          name,
          at % 10 === 9
            ? (fresh[Math.floor(at / 10)] as (typeof known)[number])
            : (known[at % known.length] as (typeof known)[number]),
        ),
      );
    return shots;
  };
  const contestants: Contestant[] = [];
  try {
    for (const name of names) contestants.push(await start(name, graph.uri));
    const found = await rounds(graph, contestants, ammunition, mode.pace, false);
    return {
      kind: 'load',
      name: 'W10',
      title: '50 different documents, mixed, each tenth request one that is new to the server',
      remark:
        'Documents are made by chance from a seed: by key, by funding, by investor, with rounds, investors and sectors. At one client the documents are again new ones.',
      targets: { offPeer: 2.5 },
      bytes:
        (answers.get('off') ?? []).reduce((sum, text) => sum + text.length, 0) / compared.length,
      compared: compared.length,
      statements,
      rounds: Object.fromEntries(found),
    };
  } finally {
    for (const contestant of contestants) await contestant.end();
  }
}
