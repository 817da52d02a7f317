import 'reflect-metadata';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig } from '../../src/config';
import { killImports } from './killed';

/**
 * Kills imports at random moments and looks whether what they resume to is what an undisturbed one makes.
 *   node -r @swc-node/register tests/faults/kill-import.ts --kills 50 --database-kills 20 [--from folder] [--batch 100]
 */
const root = join(__dirname, '..', '..');
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '50' },
    'database-kills': { type: 'string', default: '20' },
    from: { type: 'string', default: join(root, 'tests', 'data', 'crunchbase-2013') },
    batch: { type: 'string', default: '100' },
  },
});
const config = readConfig(process.env);
const tell = (message: string) => process.stdout.write(`${message}\n`);

killImports({
  local: {
    home: join(root, '.yuntu', 'faults'),
    jars: config.home,
    version: config.neo4jVersion,
    heap: config.neo4jHeap,
    env: process.env,
    progress: tell,
  },
  files: values.from,
  batch: Number(values.batch),
  kills: Number(values.kills),
  databaseKills: Number(values['database-kills']),
  tell,
}).then(
  (trials) => {
    const failed = trials.filter(({ equal }) => !equal).length;
    tell(`${trials.length - failed} passed, ${failed} failed`);
    process.exitCode = failed ? 1 : 0;
  },
  (error: unknown) => {
    tell(String((error as Error).stack));
    process.exitCode = 1;
  },
);
