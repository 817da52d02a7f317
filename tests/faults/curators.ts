import type { Graph } from '../../src/graph/graph';

/**
 * Sends an operation of several changes under an id.
 * @returns what the server says became of each of them: `CREATED`, `CHANGED` or `UNCHANGED`
 * @throws `{ code }` of the fault, or of the payload that refuses it
 */
export type Send = (id: string, input: readonly object[]) => Promise<readonly string[]>;

/** What the trials' changes rest on; it cites itself. */
export const source = { key: 'trials', name: 'Trials', publisher: 'The trials' } as const;
const citations = [{ source: source.key }];

/**
 * Makes the source, by one operation however often it is asked for. A Neo4j that has just begun is slow: it is asked for
 * some times before that counts as a fault.
 */
export async function makeSource(send: Send): Promise<void> {
  const made = () => send('trials-source', [{ upsertSource: { ...source, citations } }]);
  for (let left = 20; ; left--)
    try {
      return void (await made());
    } catch (fault) {
      if (!left) throw fault;
    }
}

/** What a curator means to do by one operation: make a company, and count that up in a tally that more of them share. */
export class Intent {
  /** How often it was sent. */
  sent = 0;
  /** What the curator was told in the end; undefined while there was no answer. */
  outcomes: readonly string[] | undefined;

  /**
   * @param key of the company, and the id of the operation
   * @param tally key of the company whose city counts
   * @param at what the tally is afterwards
   */
  constructor(
    readonly key: string,
    readonly tally: string,
    readonly at: number,
  ) {}

  /** Sends it once. */
  async send(send: Send, id = this.key): Promise<void> {
    this.sent++;
    this.outcomes = await send(id, [
      { upsertCompany: { key: this.key, name: 'Trial', citations } },
      { upsertCompany: { key: this.tally, name: 'Tally', city: String(this.at), citations } },
    ]);
  }
}

interface Held {
  /** The nodes of each operation, and its answer as it is recorded. */
  readonly operations: readonly (readonly [nodes: readonly string[], answer: string])[];
  readonly companies: readonly (readonly [key: string, city: string | null])[];
}

/** All in one statement, so that it is all of one moment. */
const held = `RETURN {
  operations: COLLECT { MATCH (o:Operation) WHERE any(id IN o.nodes WHERE id STARTS WITH 'Company:' + $p.name) RETURN [o.nodes, o.answer] },
  companies: COLLECT { MATCH (n:Company) WHERE n.key STARTS WITH $p.name RETURN [n.key, n.city] }
} AS row`;

/**
 * What is wrong with the graph and its trail of operations, against what curators were told. What was acknowledged is
 * there, and in the trail once, as it was told; the rest wholly or not at all; no operation was done again after a later
 * one: each tally says what the last one in the trail made of it.
 * @param name with which the keys of all of them begin
 */
export async function wrongWithTrail(
  graph: Graph,
  intents: readonly Intent[],
  name: string,
): Promise<string[]> {
  if (!intents.length) return [];
  const { rows } = await graph.read(held, { name }, { deadline: 20_000 });
  const [{ operations, companies }] = rows as [Held];
  const answers = new Map<string, string[]>();
  for (const [nodes, answer] of operations)
    for (const node of nodes) answers.set(node, [...(answers.get(node) ?? []), told(answer)]);
  const cities = new Map(companies);
  const wrong: string[] = [];
  const tallies = new Map<string, number | null>();
  for (const { key, tally, at, outcomes } of intents) {
    const done = answers.get(`Company:${key}`) ?? [];
    if (outcomes && !done.length) wrong.push(`${key} was acknowledged and is not in the trail`);
    if (done.length > 1) wrong.push(`${key} was done ${done.length} times`);
    if (done.length > 0 !== cities.has(key)) wrong.push(`${key} is there, but not wholly`);
    // Nobody else makes this company: whoever finds it made has been here before.
    for (const each of done)
      if (!each.startsWith('CREATED')) wrong.push(`${key} was done again: it is now ${each}`);
    if (outcomes && done.length && !done.includes(outcomes.join()))
      wrong.push(`${key} was acknowledged as ${outcomes.join()}, and is recorded as ${done[0]}`);
    tallies.set(tally, done.length ? at : (tallies.get(tally) ?? null));
  }
  for (const [tally, at] of tallies) {
    const city = cities.get(tally) ?? null;
    if (city !== (at && String(at))) wrong.push(`${tally} is ${city}, and was last made ${at}`);
  }
  return wrong;
}

/** The outcomes in a recorded answer. */
const told = (answer: string): string =>
  (JSON.parse(answer) as { outcome: string }[]).map(({ outcome }) => outcome).join();
