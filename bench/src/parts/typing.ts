import { start } from '../contestants/contestant';
import { read } from '../cypher';
import { pick } from '../data/graphs';
import { shot } from '../measure/compare';
import { drive } from '../measure/load';
import { quantile } from '../measure/statistics';
import type { Curve, Setting, Verdict } from './part';
import { bySize } from './sizes';

/** Milliseconds that an answer may take while somebody types. */
const atOnce = 20;

/** How far somebody came with a name, and how well. */
const typed: readonly (readonly [label: string, text: (name: string) => string])[] = [
  ['one letter', (name) => name.slice(0, 1)],
  ['two letters', (name) => name.slice(0, 2)],
  ['three letters', (name) => name.slice(0, 3)],
  ['five letters', (name) => name.slice(0, 5)],
  ['the whole name', (name) => name],
  ['the name with two letters swapped', (name) => name.replace(/^(..)(.)(.)/, '$1$3$2')],
];

const query = 'query ($text: String!) { suggest(text: $text, first: 8) { text textZh } }';

/** `suggest` for names as they are typed, by the product alone: nothing else here has it. */
export async function measureTyping(setting: Setting): Promise<Curve> {
  const { mode } = setting;
  const base = await setting.graph();
  const names = (await pick(base, 'names')) as string[];
  const lines = new Map<string, number[]>(typed.map(([label]) => [label, []]));
  const slowest = new Map<string, number>();
  const steps: string[] = [];
  for await (const { graph } of bySize('typing', setting)) {
    const [entities = 0] = await read<number>(graph.driver, 'MATCH (n:Entity) RETURN count(n)');
    steps.push(`${Math.round(entities / 1_000)},000 entities`);
    const contestant = await start('off', graph.uri);
    const asked = typed.map(([label, text]) => {
      const texts = names.map((name) => ({ query, variables: { text: text(name) } }));
      return { label, shots: texts.map((body) => shot('', 'off', body)) };
    });
    for (const { shots } of asked) await drive(contestant.origin, shots, 1, mode.pace.warm / 2);
    for (const { label, shots } of asked) {
      const { latencies, bad } = await drive(contestant.origin, shots, 1, 2 * mode.pace.at1);
      if (bad) throw new Error(`typing, ${label}: ${bad} answers failed.`);
      lines.get(label)?.push(quantile(latencies, 0.5));
      slowest.set(label, quantile(latencies, 0.99));
    }
    await contestant.end();
  }
  return {
    kind: 'curve',
    name: 'typing',
    title: 'names suggested while somebody types',
    remark:
      'Milliseconds at one client, in the median, of 100 names, cache off; the slowest hundredth below is of the largest graph. Copies bear the names of what they are copies of, so that each name stands there several times.',
    steps,
    lines: [...lines].map(([label, values]) => ({ label, values })),
    verdicts: [...slowest].map(([what, ms]): Verdict => ({
      what: `${what}: p99`,
      target: `<= ${atOnce} ms`,
      measured: `${ms.toFixed(1)} ms`,
      met: ms <= atOnce,
    })),
  };
}
