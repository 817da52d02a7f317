import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import setUp from '../../tests/support/neo4j-global-setup';
import tearDown from '../../tests/support/neo4j-global-teardown';
import type { Bench } from './part';

/** Starts a Neo4j that holds the report, and a server over it; ends both after the work. */
export async function withBench<T>(long: boolean, work: (bench: Bench) => Promise<T>): Promise<T> {
  await setUp();
  const server = fork(join(__dirname, 'serve.ts'), { execArgv: ['-r', '@swc-node/register'] });
  const say = async (message: string): Promise<number> => {
    server.send(message);
    const [answer] = (await once(server, 'message')) as [number];
    return answer;
  };
  try {
    const [url] = (await once(server, 'message')) as [string];
    return await work({
      url,
      long,
      blocked: async (task) => {
        await say('begin');
        await task();
        return say('end');
      },
    });
  } finally {
    server.kill();
    await tearDown();
  }
}
