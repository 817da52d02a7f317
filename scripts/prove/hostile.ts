import { setTimeout as wait } from 'node:timers/promises';
import { hostile } from '../../tests/support/hostile';
import { slow } from '../../tests/support/hostile/sockets';
import { post, type Hostile } from '../../tests/support/hostile/hostile';
import { row, type Part } from './part';
import { jestOf } from './run';

/** Milliseconds for which a refusal may hold up everybody else. */
const most = 25;
/** Whatever else runs on the machine holds the loop up too: the least of some tries is the server's own. */
const tries = 5;
/** How often where it took too long: the machine may have had a slow spell, which is over in a second or two. */
const patience = 30;

async function isRefused({ send, status, code }: Hostile, url: string): Promise<boolean> {
  const refused = await send(url);
  return refused.status === status && refused.code === code;
}

/** Hostile requests: each refused with its code, quickly, and the server answers after all of them. */
export const hostileRequests: Part = {
  name: 'hostile requests',
  run: async ({ url, blocked, long }) => {
    const ordinary = () => post(url, '{"query":"{ companies { totalCount } }"}');
    for (let i = 0; i < 50; i++) await ordinary();
    let refused = 0;
    let worst = { name: '', ms: 0 };
    for (const each of hostile) {
      if (await isRefused(each, url)) refused++;
      let ms = Infinity;
      for (let i = 0; i < (ms < most ? tries : patience) && ms > 2; i++) {
        ms = Math.min(ms, await blocked(() => each.send(url)));
        if (ms >= most) await wait(100);
      }
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
        what: `worst event-loop block (${worst.name})`,
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
