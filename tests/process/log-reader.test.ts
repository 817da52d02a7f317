import { setTimeout as wait } from 'node:timers/promises';
import { times } from '../support/hostile/hostile';
import { Running } from './running';

/** So many lines of such a length are more than what is kept for a reader. */
const many = 1_200;
const long = 'n'.repeat(1_300);

const askMany = (url: string): Promise<number[]> =>
  Promise.all(
    times(10, async () => {
      let good = 0;
      for (let at = 0; at < many / 10; at++) {
        const reply = await fetch(`${url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({
            query: `query ${long} { companies(first: 1) { nodes { key } } }`,
          }),
          signal: AbortSignal.timeout(10_000),
        });
        if (reply.status === 200) good++;
        await reply.text();
      }
      return good;
    }),
  );

test('who reads the log may stand still: all is answered, and he is told how many lines were left out', async () => {
  const server = await Running.start({ YUNTU_CACHE_SIZE: '0' });
  try {
    server.child.stderr?.pause();
    expect(await askMany(server.url)).toEqual(times(10, () => many / 10));
    server.child.stderr?.resume();
    while (!server.lines.some((line) => line.includes('lines left out'))) await wait(20);
    expect(await server.end()).toBe(0);
    const read = server.log.filter(({ event }) => event === 'request').length;
    const out = server.log.filter(({ event }) => event === 'lines left out');
    expect(read + out.reduce((sum, { lines }) => sum + Number(lines), 0)).toBe(many);
    expect(out.length).toBeGreaterThan(0);
    expect(read).toBeGreaterThan(100);
  } finally {
    server.child.kill('SIGKILL');
  }
});

test('who reads the log may be gone: all is answered, and the server ends as it should', async () => {
  const server = await Running.start({ YUNTU_CACHE_SIZE: '0' });
  try {
    server.child.stderr?.destroy();
    expect(await askMany(server.url)).toEqual(times(10, () => many / 10));
    expect(await server.end()).toBe(0);
  } finally {
    server.child.kill('SIGKILL');
  }
});
