import { start } from '../contestants/contestant';
import { pick } from '../data/graphs';
import { formOf, shot } from '../measure/compare';
import { ask, drive } from '../measure/load';
import { median, quantile } from '../measure/statistics';
import { say } from '../say';
import { works } from '../works';
import type { Curve, Setting, Verdict } from './part';
import { bySize } from './sizes';

/** W7 is left out: most of it is layout, which does not know how large the graph around it is. */
const measured = ['W1', 'W2', 'W3', 'W4', 'W5', 'W6', 'W8'];
const contestants = ['off', 'peer', 'floor'] as const;

/** How the cost of the same questions grows with the graph around what they ask for. */
export async function measureGrowth(setting: Setting): Promise<Curve> {
  const { mode } = setting;
  const base = await setting.graph();
  const variants = new Map<string, readonly unknown[]>();
  for (const { name, variants: from } of works)
    variants.set(name, typeof from === 'string' ? await pick(base, from) : from);
  const lines = new Map<string, number[]>();
  const steps: string[] = [];
  for await (const { size, graph } of bySize('growth', setting)) {
    steps.push(`${size} x`);
    const running = [];
    for (const name of contestants) running.push(await start(name, graph.uri));
    for (const work of works.filter(({ name }) => measured.includes(name))) {
      const medians = new Map<string, number[]>();
      for (let round = -1; round < Math.min(3, mode.pace.rounds); round++)
        for (const { name, origin } of running) {
          const form = formOf(work, name);
          if (!form) continue;
          const shots = (variants.get(work.name) ?? []).map((one) =>
            shot(work.name, name, form.ask(one)),
          );
          const { latencies, bad } = await drive(origin, shots, 1, mode.pace.at1);
          if (bad) throw new Error(`${work.name} at ${size} x: ${bad} answers of ${name} failed.`);
          const label = `${work.name} ${name}`;
          // The first is for warming up.
          if (round >= 0)
            medians.set(label, [...(medians.get(label) ?? []), quantile(latencies, 0.5)]);
        }
      for (const [label, values] of medians)
        lines.set(label, [...(lines.get(label) ?? []), median(values)]);
    }
    for (const contestant of running) await contestant.end();
  }
  return {
    kind: 'curve',
    name: 'growth',
    title: 'the same questions on a graph of several times the size',
    remark:
      'Milliseconds at one client, in the median. The graph is copied with new keys: sectors and the country are shared and grow, what is asked about does not, but for W5 (it reads all rounds), W2 (equal amounts stand side by side) and W8 (each name stands there several times).',
    steps,
    lines: [...lines].map(([label, values]) => ({ label, values })),
    verdicts: [],
  };
}

/** Lists whose pages are compared: the field, its order, and what stands in a row. */
const lists = [
  ['companies', '[{ key: ASC }]'],
  ['companies', '[{ fundingTotal: DESC }]'],
  ['companies', '[{ name: ASC }]'],
  ['fundingRounds', '[{ announcedOn: DESC }]'],
  ['fundingRounds', '[{ raised: DESC }, { announcedOn: ASC }]'],
  ['fundingRounds', '[{ company: { name: ASC } }]'],
] as const;

const far = 1_000;
const size = 20;

/** Page 1 against page 1,000. */
export async function measurePages({ mode, graph: open }: Setting): Promise<Curve> {
  const graph = await open();
  const contestant = await start('off', graph.uri);
  const lines: { label: string; values: number[] }[] = [];
  try {
    for (const [list, order] of lists) {
      const query = `query ($after: String, $first: Int!) { ${list}(orderBy: ${order}, first: $first, after: $after) { nodes { key } pageInfo { endCursor } } }`;
      let after: string | null = null;
      for (let read = 0; read < (far - 1) * size;) {
        const first = Math.min(100, (far - 1) * size - read);
        const { text } = await ask(
          contestant.origin,
          shot('', 'off', { query, variables: { first, after } }),
        );
        const { data } = JSON.parse(text) as {
          data?: Record<string, { pageInfo: { endCursor: string } }>;
        };
        if (!data?.[list]) throw new Error(`pages: ${text.slice(0, 300)}`);
        after = data[list].pageInfo.endCursor;
        read += first;
      }
      const values: number[][] = [[], []];
      for (let round = -1; round < mode.pace.rounds; round++)
        for (const [at, cursor] of [null, after].entries()) {
          const shots = [shot('', 'off', { query, variables: { first: size, after: cursor } })];
          const { latencies } = await drive(contestant.origin, shots, 1, mode.pace.at1 / 2);
          if (round >= 0) values[at]?.push(quantile(latencies, 0.5));
        }
      lines.push({ label: `${list} by ${order}`, values: values.map(median) });
      say(`pages: ${list} by ${order}`);
    }
  } finally {
    await contestant.end();
  }
  return {
    kind: 'curve',
    name: 'pages',
    title: 'page 1 against page 1,000, of 20 rows',
    remark: 'Milliseconds at one client, in the median, cache off.',
    steps: ['page 1', 'page 1,000'],
    lines,
    verdicts: lines.map(({ label, values: [near = 0, away = 0] }): Verdict => ({
      what: label,
      target: '<= 1.5 x page 1',
      measured: `${(away / near).toFixed(2)} x`,
      met: away <= 1.5 * near,
    })),
  };
}
