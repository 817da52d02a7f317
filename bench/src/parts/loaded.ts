import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { start, type Contestant, type Name } from '../contestants/contestant';
import { pick } from '../data/graphs';
import { compare, shotsOf, type Compared, type Prepared } from '../measure/compare';
import { rounds } from '../measure/rounds';
import { home } from '../product';
import { say } from '../say';
import { works } from '../works';
import type { Loaded, Setting } from './part';

/** Measures works under load, one after the other; what each came to is told as soon as it is there. */
export async function measureLoaded(
  names: readonly string[],
  { mode, graph: open }: Setting,
  done: (measured: Loaded) => Promise<void>,
): Promise<void> {
  const graph = await open();
  const prepared: Prepared[] = [];
  for (const work of works.filter(({ name }) => names.includes(name)))
    prepared.push({
      work,
      variants:
        typeof work.variants === 'string' ? await pick(graph, work.variants) : work.variants,
    });
  const compared = await compare(graph, prepared, ['off', 'on', 'peer', 'floor'], mode.compared);
  const answers = await keepAnswers(compared);
  const contestants = new Map<Name, Contestant>();
  try {
    for (const name of ['off', 'on', 'peer', 'floor', 'limit'] as const)
      contestants.set(
        name,
        await start(name, graph.uri, name === 'limit' ? { ANSWERS: answers.file } : {}),
      );
    for (const one of prepared) {
      const { work } = one;
      say(`${work.name}: ${work.title} ...`);
      const taking = [...contestants.values()].filter(
        ({ name }) =>
          (name !== 'peer' || work.peer) &&
          (name !== 'limit' || work.targets.onLimit !== undefined),
      );
      const first = answers.first.get(work.name) ?? 0;
      const shots = new Map(
        taking.map(({ name }) => [
          name,
          name === 'limit'
            ? one.variants.map((_, at) => ({ path: `/${first + at}`, body: '{}' }))
            : shotsOf(one, name),
        ]),
      );
      const found = await rounds(graph, taking, (name) => shots.get(name) ?? [], mode.pace);
      const { answers: own, statements } = compared.get(work.name) as Compared;
      await done({
        kind: 'load',
        name: work.name,
        title: work.title,
        remark: work.remark,
        targets: work.targets,
        bytes: own.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / own.length,
        compared: Math.min(mode.compared, one.variants.length),
        statements,
        rounds: Object.fromEntries(found),
      });
    }
  } finally {
    for (const contestant of contestants.values()) await contestant.end();
  }
}

/** Writes all answers where the limit finds them; each work's begin at a number of their own. */
async function keepAnswers(
  compared: ReadonlyMap<string, Compared>,
): Promise<{ file: string; first: Map<string, number> }> {
  const first = new Map<string, number>();
  const all: string[] = [];
  for (const [name, { answers }] of compared) {
    first.set(name, all.length);
    all.push(...answers);
  }
  await mkdir(home, { recursive: true });
  const file = join(home, 'answers.json');
  await writeFile(file, JSON.stringify(all));
  return { file, first };
}
