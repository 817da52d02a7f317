import { start, titles, type Name } from '../contestants/contestant';
import { pick } from '../data/graphs';
import { formOf, shot } from '../measure/compare';
import { ask } from '../measure/load';
import { median } from '../measure/statistics';
import { memory } from '../measure/process';
import { W1 } from '../works/W1';
import type { Setting, Timed } from './part';

/** W11: from the start of the process to its first answer, with Neo4j up. */
export async function measureCold({ mode, graph: open }: Setting): Promise<Timed> {
  const graph = await open();
  const keys = (await pick(graph, 'keys')) as string[];
  const names: readonly Name[] = ['off', 'peer', 'floor'];
  const times: Record<string, number[]> = Object.fromEntries(names.map((name) => [name, []]));
  const most: Record<string, number> = {};
  for (let round = 0; round < 2 * mode.pace.rounds; round++)
    for (const name of names) {
      const from = performance.now();
      const contestant = await start(name, graph.uri);
      const form = formOf(W1, name);
      const { status } = await ask(
        contestant.origin,
        shot('W1', name, form?.ask(keys[round]) ?? {}),
      );
      const took = performance.now() - from;
      most[name] = memory(contestant.pid).most;
      await contestant.end();
      if (status !== 200) throw new Error(`W11: ${titles[name]} answered ${status}.`);
      times[name]?.push(took);
    }
  const over = median(times.off ?? []) - median(times.floor ?? []);
  return {
    kind: 'time',
    name: 'W11',
    title: 'cold start to the first answer, with Neo4j up',
    unit: 'ms',
    times,
    memory: most,
    notes: ['The first answer is that of W1. The process is started without npm in between.'],
    verdicts: [
      {
        what: 'ours over the floor',
        target: '<= 200 ms more',
        measured: `${over.toFixed(0)} ms more`,
        met: over <= 200,
      },
    ],
  };
}
