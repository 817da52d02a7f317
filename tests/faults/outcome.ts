import { setTimeout as wait } from 'node:timers/promises';
import { Graph, type GraphAddress } from '../../src/graph/graph';
import { neo4jAnswers, type Stage } from './stage';
import { deadline, verdict, type Call, type Workload, type WorkloadParts } from './workload';

/** What came of a fault that befell the database while clients read and wrote. */
export interface Outcome {
  readonly calls: readonly Call[];
  /** Calls that failed. */
  readonly failed: number;
  /** The codes that they were told. */
  readonly codes: readonly string[];
  /** Changes that curators sent more than once, under one id, until they were acknowledged. */
  readonly again: number;
  /** Milliseconds by which the slowest call was later than its deadline; negative where none was late. */
  readonly late: number;
  /** Milliseconds from Neo4j's answering until the server is ready. */
  readonly ready: number;
  /** What the history check found wrong. */
  readonly wrong: readonly string[];
}

/** Milliseconds that a read or a change has over HTTP, from end to end. */
const httpDeadline = 5_000;

export interface Fault {
  readonly name: string;
  /** Brings it about; resolves when it has lasted long enough. */
  readonly begin: (work: Workload) => Promise<void>;
  readonly end: () => Promise<void>;
  /** Where Neo4j is asked whether it is back, and what it then holds. */
  readonly address: () => GraphAddress;
  /** Who the clients are, where they are not the usual ones. */
  readonly clients?: Partial<WorkloadParts>;
}

/** Lets a fault befall a database while clients read and write, and ends it again. */
export async function befall(stage: Stage, fault: Fault): Promise<Outcome> {
  const work = await stage.work(fault.name, fault.clients);
  await wait(300);
  await fault.begin(work);
  await fault.end();
  await neo4jAnswers(fault.address());
  const ready = await stage.readyWithin();
  const well = await work.recovers();
  await wait(500);
  await work.stop();
  const graph = new Graph(fault.address());
  try {
    const wrong = await verdict(graph, work);
    return outcomeOf(work, ready, well ? wrong : [...wrong, 'calls were not well again']);
  } finally {
    await graph.close();
  }
}

/** Sums up what became of the calls. */
function outcomeOf({ calls, again }: Workload, ready: number, wrong: readonly string[]): Outcome {
  return {
    calls,
    failed: calls.filter(({ ok }) => !ok).length,
    codes: [...new Set(calls.flatMap(({ code }) => code ?? []))].sort(),
    again,
    late: Math.max(
      ...calls.map(
        ({ kind, milliseconds }) => milliseconds - (kind === 'write' ? deadline : httpDeadline),
      ),
    ),
    ready,
    wrong,
  };
}
