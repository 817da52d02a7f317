import { setTimeout as wait } from 'node:timers/promises';
import type { Graph } from '../../src/graph/graph';
import { Intent, wrongWithTrail, type Send } from './curators';

/** What became of one call. */
export interface Call {
  /** `write` goes to the graph itself, `change` is a mutation over HTTP. */
  readonly kind: 'read' | 'write' | 'change';
  readonly id: string;
  readonly ok: boolean;
  /** The code of the fault, where it failed. */
  readonly code?: string;
  readonly milliseconds: number;
}

/** Milliseconds that a write of the workload may take. */
export const deadline = 4_000;

const write = `MERGE (a:Trial {key: $p.id}) MERGE (b:Trial {key: $p.id + '/other'})
MERGE (a)-[r:TRIED]->(b) SET r.by = $p.id`;

export interface WorkloadParts {
  /** Where writes go. */
  readonly graph: Graph;
  /** With which the keys of all that it writes begin. */
  readonly name: string;
  readonly read: () => Promise<unknown>;
  /** Where changes go; without it there are no curators. */
  readonly send?: Send;
  /** How many read; 3 unless told. Where nobody reads nor writes, calls are made one by one. */
  readonly readers?: number;
  /** How many write; 3 unless told. Where nobody does, curators change nothing either. */
  readonly writers?: number;
}

/** Clients that read, write and change until they are told to stop; what each call came to is kept. */
export class Workload {
  readonly calls: Call[] = [];
  readonly intents: Intent[] = [];
  #going = true;
  readonly #clients: Promise<void>[] = [];

  constructor(readonly parts: WorkloadParts) {
    const { readers = 3, writers = 3, send } = parts;
    for (let index = 0; index < readers; index++) this.#clients.push(this.#client('read', index));
    for (let index = 0; index < writers; index++) this.#clients.push(this.#client('write', index));
    if (send && writers) this.#clients.push(this.#steady(), this.#hasty());
  }

  async #client(kind: 'read' | 'write', index: number): Promise<void> {
    for (let at = 0; this.#going; at++)
      await pause(await this.once(kind, `${this.parts.name}-${index}-${at}`));
  }

  /** A curator who sends each change until it is acknowledged, always under the same id. */
  async #steady(): Promise<void> {
    for (let at = 1; this.#going; at++) {
      const intent = this.intend(`steady-${at}`, 'steady-tally', at);
      while (this.#going && !intent.outcomes) await pause(await this.change(intent));
    }
  }

  /** A curator who sends each change once, so that of some nobody is told whether they are done. */
  async #hasty(): Promise<void> {
    // What was given up may be done late, after the next one: each has a tally of its own.
    for (let at = 1; this.#going; at++)
      await pause(await this.change(this.intend(`hasty-${at}`, `hasty-${at}-tally`, 1)));
  }

  /** One call, kept like those of the clients. */
  once(kind: 'read' | 'write', id: string): Promise<Call> {
    const { read, graph } = this.parts;
    if (kind === 'read') return this.#kept(kind, id, read);
    return this.#kept(kind, id, () =>
      // Several statements, so that half of it could be there.
      graph.write(
        async (run) => {
          await run('MERGE (a:Trial {key: $p.id}) SET a.half = true', { id });
          await run(write, { id });
        },
        { deadline },
      ),
    );
  }

  /** A change that is to be made; what the names begin with is put before them. */
  intend(key: string, tally: string, at: number): Intent {
    const { name } = this.parts;
    const intent = new Intent(`${name}-${key}`, `${name}-${tally}`, at);
    this.intents.push(intent);
    return intent;
  }

  /** Sends a change once, kept like those of the clients. */
  change(intent: Intent, id?: string): Promise<Call> {
    const { send } = this.parts;
    if (!send) throw new Error('This workload has nowhere to send changes.');
    return this.#kept('change', intent.key, () => intent.send(send, id));
  }

  async #kept(kind: Call['kind'], id: string, work: () => Promise<unknown>): Promise<Call> {
    const begun = performance.now();
    const outcome = await work().then(
      () => ({ ok: true }),
      (error: { code?: string }) => ({ ok: false, code: error.code ?? 'UNKNOWN' }),
    );
    const call = { kind, id, ...outcome, milliseconds: performance.now() - begun };
    this.calls.push(call);
    return call;
  }

  /**
   * Waits until calls of each kind are well again, and each change that was sent more than once is acknowledged.
   * @returns whether it came to that within a minute: one that has just begun is slow for a while
   */
  async recovers(): Promise<boolean> {
    const kinds = new Set(this.calls.map(({ kind }) => kind));
    const from = this.calls.length;
    const well = (): boolean => {
      const fine = new Set(this.calls.slice(from).map(({ ok, kind }) => ok && kind));
      return (
        [...kinds].every((kind) => fine.has(kind)) &&
        this.intents.every(({ sent, outcomes }) => sent < 2 || outcomes)
      );
    };
    for (let left = 600; left && !well(); left--) await wait(100);
    return well();
  }

  async stop(): Promise<void> {
    this.#going = false;
    await Promise.all(this.#clients);
  }

  /** Changes that were acknowledged after they had been sent more than once. */
  get again(): number {
    return this.intents.filter(({ sent, outcomes }) => sent > 1 && outcomes).length;
  }
}

/** Refused at once, thousands of calls would keep the processor from whoever is to come back. */
const pause = ({ ok }: Call): Promise<void> => wait(ok ? 5 : 50);

/**
 * What is wrong with what the database holds, against what was acknowledged. Writes are idempotent, as the graph asks of
 * them: that nothing is done twice is to be seen in the changes.
 */
export async function verdict(
  graph: Graph,
  { calls, intents, parts }: Workload,
): Promise<string[]> {
  const { name } = parts;
  const { rows } = await graph.read(
    `MATCH (a:Trial) WHERE a.key STARTS WITH $p.name AND NOT a.key ENDS WITH '/other'
     RETURN [a.key, COUNT { (a)-[:TRIED {by: a.key}]->(:Trial {key: a.key + '/other'}) }] AS row`,
    { name: `${name}-` },
    { deadline: 20_000 },
  );
  const there = new Map(rows as [key: string, wholes: number][]);
  const wrong: string[] = [];
  for (const { kind, id, ok } of calls) {
    if (kind !== 'write') continue;
    const wholes = there.get(id);
    if (ok && wholes === undefined) wrong.push(`${id} was acknowledged and is not there`);
    if (wholes !== undefined && wholes !== 1) wrong.push(`${id} is there, but not wholly`);
  }
  return [...wrong, ...(await wrongWithTrail(graph, intents, `${name}-`))];
}
