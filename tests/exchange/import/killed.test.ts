import { join } from 'node:path';
import { readConfig } from '../../../src/config';
import { killImports } from '../../faults/killed';

const root = join(__dirname, '..', '..', '..');

/** The short form of tests/faults/kill-import.ts, on a Neo4j of its own. */
test('an import that is killed, and one whose Neo4j is killed, resume to the undisturbed graph', async () => {
  const config = readConfig({ ...process.env, NEO4J_URI: undefined });
  const trials = await killImports({
    local: {
      home: join(root, '.yuntu', 'faults'),
      jars: config.home,
      version: config.neo4jVersion,
      heap: '512m',
      env: process.env,
      progress: () => {},
    },
    files: join(root, 'tests', 'data', 'crunchbase-2013'),
    batch: 100,
    kills: 3,
    databaseKills: 1,
  });
  expect(trials.map(({ equal }) => equal)).toEqual(trials.map(() => true));
  const killed = (what: string) =>
    trials.reduce((sum, trial) => sum + (trial.what === what ? trial.killed : 0), 0);
  expect([killed('importer'), killed('database')]).toEqual([3, 1]);
}, 600_000);
