import { setTimeout as wait } from 'node:timers/promises';
import { hostile } from '../../tests/support/hostile';
import { slow } from '../../tests/support/hostile/sockets';
import { post, type Hostile } from '../../tests/support/hostile/hostile';
import { row, type Bench, type Part } from './part';
import { jestOf } from './run';

/** Milliseconds for which a refusal may hold up everybody else. */
const most = 25;
/** How often each is sent: what else runs on the machine holds the loop up too, now and then. */
const tries = 5;
/** How often where the median of those was too long: a slow spell of the machine is over in a second or two. */
const patience = 30;

const median = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Infinity;

async function isRefused({ send, status, code }: Hostile, url: string): Promise<boolean> {
  const refused = await send(url);
  return refused.status === status && refused.code === code;
}

/**
 * The median of the times for which the event loop stood still while a request was refused, in milliseconds. Each try
 * bears a text that the server has not seen: what it remembers of documents would hide what they cost.
 */
async function blockOf({ send }: Hostile, { url, blocked }: Bench): Promise<number> {
  const all: number[] = [];
  for (const count of [tries, patience]) {
    while (all.length < count) {
      const ms = await blocked(() => send(url, `# ${all.length}\n`));
      all.push(ms);
      if (ms >= most) await wait(100);
    }
    if (median(all) < most) break;
  }
  return median(all);
}

/** Hostile requests: each refused with its code, quickly, and the server answers after all of them. */
export const hostileRequests: Part = {
  name: 'hostile',
  run: async (bench) => {
    const { url, long } = bench;
    const ordinary = () => post(url, '{"query":"{ companies { totalCount } }"}');
    for (let i = 0; i < 50; i++) await ordinary();
    let refused = 0;
    let worst = { name: '', ms: 0 };
    for (const each of hostile) {
      if (await isRefused(each, url)) refused++;
      const ms = await blockOf(each, bench);
      if (ms > worst.ms) worst = { name: each.name, ms };
    }
    const late = await Promise.all(slow.map((each) => isRefused(each, url)));
    const { status } = await ordinary();
    const races = await jestOf('tests/curate/races');
    const floods = long ? await jestOf('tests/process/flooded') : undefined;
    return [
      row('classes refused with their code', refused, hostile.length),
      row('slow senders refused', late.filter(Boolean).length, slow.length),
      {
        what: `worst event-loop block, median of ${tries} tries, of ${patience} where those are too long (${worst.name})`,
        found: `${worst.ms.toFixed(1)} ms`,
        wanted: `under ${most} ms`,
        holds: worst.ms < most,
      },
      row('status of an ordinary query after all', status, 200),
      row('races of curators that end as they should', races.passed, races.passed + races.failed),
      ...(floods
        ? [row('floods that memory withstands', floods.passed, floods.passed + floods.failed)]
        : []),
    ];
  },
};
