import { monitorEventLoopDelay } from 'node:perf_hooks';
import { blueprint } from '../../src/entities/blueprint';
import { defaults } from '../../src/config';
import { Graph } from '../../src/graph/graph';
import { createServer } from '../../src/server';
import { tokens } from '../../tests/support/hostile/changes';

/** The server that is proved, in a process of its own; its parent asks how long its event loop stood still. */
const resolution = 1;
const delay = monitorEventLoopDelay({ resolution });
delay.enable();

async function main(): Promise<void> {
  const graph = new Graph({ uri: process.env.YUNTU_TEST_NEO4J_URI as string });
  const server = await createServer({
    graph,
    blueprint,
    config: { ...defaults, tokens },
  });
  const url = `${await server.app.listen({ host: '127.0.0.1', port: 0 })}/graphql`;
  process.on('message', (message) => {
    if (message === 'begin') delay.reset();
    // What held the loop up is written down when a timer is late by it, which may be after this.
    setTimeout(() => process.send?.(Math.max(0, delay.max / 1e6 - resolution)), 5 * resolution);
  });
  // Whoever asks is gone, in whatever way.
  process.once('disconnect', () => process.exit());
  process.send?.(url);
}

void main();
