import { blueprint } from '../../src/entities/blueprint';
import { client } from '../support/client';
import { Dice } from '../support/plain/dice';
import { generatedRows, removeGenerated, writeGenerated } from '../support/plain/generated';
import { check } from '../support/plain/question';
import { questionShape } from '../support/plain/random';
import { World, type Row } from '../support/plain/world';
import { reportRows } from '../support/rows';

const { ask, close, graph } = client();
const generated = generatedRows(blueprint);
const rows = new Map<string, Row[]>();
for (const [dataset, part, source] of [
  ['cloud100-2024', reportRows(), 'cloud100-2024'],
  ['generated', generated, 'g-source-0'],
] as const)
  for (const [noun, own] of part)
    rows.set(noun, [
      ...(rows.get(noun) ?? []),
      ...own.map((row) => ({ source, datasets: [dataset], ...row })),
    ]);
const world = new World(blueprint, rows);

beforeAll(() => writeGenerated(graph, blueprint, generated), 120_000);
afterAll(async () => {
  if (!process.env.KEEP) await removeGenerated(graph);
  await close();
}, 60_000);

const base = Number(process.env.YUNTU_SEED ?? 1);
const shapes = Number(process.env.SHAPES ?? 60);

test('x', async () => {
  let asked = 0;
  let timeouts = 0;
  const failed: string[] = [];
  const t = Date.now();
  for (let seed = base; seed < base + shapes; seed++) {
    const shape = questionShape(world, new Dice(seed));
    for (let n = 0; n < 5; n++) {
      const question = shape(new Dice(seed * 1000 + n));
      const s = Date.now();
      try {
        asked += await check(world, ask, question);
      } catch (error) {
        if (/longer than/.test((error as Error).message)) {
          timeouts++;
          console.log('TIMEOUT', seed, JSON.stringify(question));
          break;
        }
        failed.push(
          `seed ${seed} ${n}: ${JSON.stringify(question)}\n${(error as Error).message.slice(0, 700)}`,
        );
        break;
      }
      if (Date.now() - s > 3000)
        console.log('SLOW', seed, Date.now() - s, JSON.stringify(question));
    }
  }
  console.log(
    asked,
    'asked',
    timeouts,
    'timeouts',
    failed.length,
    'failed',
    Date.now() - t,
    'ms\n',
    failed.slice(0, 12).join('\n\n'),
  );
}, 3_000_000);
