import { Agent, request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { questions } from './questions';

/**
 * One caller in a process of his own, who asks one question after another: `url` and `seconds` on the command line.
 * Says `ready` to its parent, begins when told anything, and ends with the milliseconds of each refusal.
 */
const [url = '', seconds = ''] = process.argv.slice(2);
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

function ask(body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' };
    request(`${url}/graphql`, { method: 'POST', agent, headers }, (response) => {
      response.on('end', () => resolve(response.statusCode ?? 0)).resume();
    })
      .on('error', reject)
      .end(body);
  });
}

process.once('message', () => {
  void (async () => {
    const refused: number[] = [];
    const bodies = questions(60);
    const until = performance.now() + 1_000 * Number(seconds);
    for (let n = 0; performance.now() < until; n++) {
      const from = performance.now();
      const status = await ask(bodies[n % bodies.length] as string);
      if (status === 503) refused.push(performance.now() - from);
      await wait(10);
    }
    process.send?.(refused, () => process.exit());
  })();
});
process.send?.('ready');
