import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { constraintsOf } from '../../src/derive/constraints';
import { blueprint } from '../../src/entities/blueprint';
import { dropDataset } from '../../src/exchange/journal/drop';
import { Graph } from '../../src/graph/graph';
import { openLocal, type LocalNeo4j, type LocalOptions } from '../../src/graph/local/server';
import { prepare } from '../../src/graph/prepare';
import { canonicalHash } from '../support/canonical';

const root = join(__dirname, '..', '..');

export interface Trial {
  /** How often something was killed before the import ended by itself. */
  readonly killed: number;
  readonly what: 'importer' | 'database';
  readonly equal: boolean;
}

export interface KillOptions {
  readonly local: LocalOptions;
  /** The folder of the files. */
  readonly files: string;
  /** Rows of a batch: small, so that there are many moments to be killed at. */
  readonly batch: number;
  /** How many kills of the importer and of its Neo4j. */
  readonly kills: number;
  readonly databaseKills: number;
  readonly tell?: (message: string) => void;
}

/**
 * Imports Crunchbase undisturbed once; then again and again from nothing, killing the importer or its Neo4j at random
 * moments and resuming, until as many were killed as was asked for. Each graph must be the undisturbed one.
 */
export async function killImports(options: KillOptions): Promise<readonly Trial[]> {
  const { local, tell = () => {} } = options;
  let neo4j = await openLocal(local);
  let graph = new Graph(neo4j);
  try {
    await prepare(graph, constraintsOf(blueprint));
    const clear = async () =>
      dropDataset(graph, blueprint, 'crunchbase-2013').catch(() => undefined);
    await clear();
    const began = Date.now();
    const code = await ended(start(neo4j, options));
    if (code !== 0 && code !== 1) throw new Error(`The undisturbed import ended with ${code}.`);
    // Later ones are faster: Neo4j has warmed up.
    let whole = Date.now() - began;
    const expected = await canonicalHash(graph);
    const trials: Trial[] = [];
    const count = (what: Trial['what']) =>
      trials.reduce((sum, trial) => sum + (trial.what === what ? trial.killed : 0), 0);
    for (const what of ['importer', 'database'] as const)
      for (
        const wanted = what === 'importer' ? options.kills : options.databaseKills;
        count(what) < wanted;
      ) {
        await clear();
        let killed = 0;
        for (;;) {
          const started = Date.now();
          const importer = start(neo4j, options);
          const end = ended(importer);
          const first = killed < wanted - count(what);
          const moment = first ? whole * (0.1 + Math.random() * 0.8) : Infinity;
          const done = await Promise.race([end, ...(first ? [wait(moment, null)] : [])]);
          if (done === 0 || done === 1) {
            if (!killed) whole = Math.min(whole, Date.now() - started);
            break;
          }
          if (done !== null) throw new Error(`The importer ended with ${done} by itself.`);
          killed++;
          if (what === 'importer') importer.kill('SIGKILL');
          else {
            await killDatabase(local.home);
            await graph.close();
          }
          await end;
          if (what === 'database') {
            await neo4j.close().catch(() => {});
            neo4j = await openLocal(local);
            graph = new Graph(neo4j);
          }
          tell(`${what} killed after ${Math.round(moment)} ms`);
        }
        const equal = (await canonicalHash(graph)) === expected;
        trials.push({ killed, what, equal });
        tell(
          `${killed} kills of the ${what}: ${equal ? 'the graph is equal' : 'THE GRAPH DIFFERS'}`,
        );
      }
    return trials;
  } finally {
    await graph.close();
    await neo4j.close();
  }
}

function start(neo4j: LocalNeo4j, { files, batch }: KillOptions): ChildProcess {
  return spawn(
    process.execPath,
    [
      '-r',
      '@swc-node/register',
      join(root, 'src', 'command', 'yuntu.ts'),
      'import',
      join(root, 'examples', 'crunchbase-2013', 'mapping.yaml'),
      ...[
        '--from',
        files,
        '--resume',
        '--batch',
        String(batch),
        '--rejects',
        join(root, '.yuntu', 'rejects'),
      ],
    ],
    { cwd: root, env: { ...process.env, NEO4J_URI: neo4j.uri }, stdio: 'ignore' },
  );
}

async function ended(child: ChildProcess): Promise<number> {
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? -1;
}

/** Kills the Neo4j that the home remembers, at once. */
async function killDatabase(home: string): Promise<void> {
  const state = JSON.parse(await readFile(join(home, 'server.json'), 'utf8')) as {
    process: string;
  };
  process.kill(Number.parseInt(state.process, 10), 'SIGKILL');
  await wait(300);
}
