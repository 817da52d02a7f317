import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { emptyHome, openHome } from '../data/graphs';
import { read } from '../cypher';
import { memory } from '../measure/process';
import { commandOf, dataFolder, home, root } from '../product';
import { median } from '../measure/statistics';
import { say } from '../say';
import type { Setting, Timed } from './part';

interface Importer {
  readonly name: string;
  readonly command: readonly string[];
}

const counting =
  'CYPHER 5 RETURN [COUNT { (:Company) }, COUNT { (:Investor) }, COUNT { (:FundingRound) }, COUNT { (:Acquisition) }, COUNT { ()-[:INVESTED_IN]->() }, COUNT { ()-->() }] AS row';

/** W9: the four files of Crunchbase into an empty graph, from the start of the process to its end. */
export async function measureImport({ mode }: Setting): Promise<Timed> {
  const mapping = join(root, 'examples', 'crunchbase-2013', 'mapping.yaml');
  const importers: readonly Importer[] = [
    {
      name: 'ours',
      command: [
        ...commandOf('yuntu'),
        'import',
        mapping,
        '--from',
        dataFolder ?? '',
        '--rejects',
        join(home, 'rejected'),
      ],
    },
    { name: 'tuned script', command: [process.execPath, join(__dirname, '..', 'data', 'load.js')] },
  ];
  const times: Record<string, number[]> = Object.fromEntries(
    importers.map(({ name }) => [name, []]),
  );
  const most: Record<string, number> = {};
  const notes: string[] = [];
  for (let round = 0; round < Math.min(3, mode.pace.rounds); round++)
    for (const { name, command } of importers) {
      await emptyHome('import');
      const graph = await openHome('import', '1g');
      try {
        const { seconds, megabytes } = await timed(command, graph.uri);
        times[name]?.push(seconds);
        most[name] = Math.max(most[name] ?? 0, megabytes);
        say(`W9: ${name} ${seconds.toFixed(1)} s`);
        if (round === 0) {
          const [counts] = await read<number[]>(graph.driver, counting);
          const [companies, investors, rounds, acquisitions, investments, all] = counts ?? [];
          notes.push(
            `${name}: ${companies} companies, ${investors} investors, ${rounds} rounds, ${acquisitions} acquisitions, ${investments} investments, ${all} relationships in all.`,
          );
        }
      } finally {
        await graph.close();
      }
    }
  const [script, ours] = ['tuned script', 'ours'].map((name) => median(times[name] ?? []));
  const ratio = (script ?? Number.NaN) / (ours ?? Number.NaN);
  return {
    kind: 'time',
    name: 'W9',
    title: 'import of the four Crunchbase files into an empty graph',
    remark:
      'From the start of the process to its end, constraints included. Both come to the same nodes and relationships, a citation of its row for each fact among them. Ours checks each row and records each batch, so that an import can be resumed, undone or dropped; the script knows these four files only.',
    unit: 's',
    times,
    memory: most,
    notes,
    verdicts: [
      {
        what: 'ours against the tuned script',
        target: '>= 1 x',
        measured: Number.isNaN(ratio) ? 'not measured' : `${ratio.toFixed(2)} x`,
        met: ratio >= 1,
      },
    ],
  };
}

/** Runs a program to its end: how long it takes, and the most memory it is seen to keep. */
async function timed(
  [command = '', ...args]: readonly string[],
  neo4j: string,
): Promise<{ seconds: number; megabytes: number }> {
  const from = performance.now();
  const child = spawn(command, args, {
    cwd: root,
    env: { ...process.env, NEO4J_URI: neo4j },
    stdio: ['ignore', 'ignore', 'ignore'],
  });
  let megabytes = 0;
  const watch = setInterval(() => {
    try {
      const { most } = memory(child.pid as number);
      // One that has ended, and is not yet waited for, has none.
      if (most > megabytes) megabytes = most;
    } catch {
      // It has just ended.
    }
  }, 50);
  const [code] = (await once(child, 'exit')) as [number | null];
  clearInterval(watch);
  // 1 says that some rows were rejected, and these files have such rows.
  if (code !== 0 && code !== 1) throw new Error(`${args.join(' ')} ended with ${code}.`);
  return { seconds: (performance.now() - from) / 1_000, megabytes };
}
