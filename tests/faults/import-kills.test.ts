import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../src/config';
import { killImports } from './killed';

/** How often; more by `IMPORT_KILLS`, and by `kill-import.ts`, the long form. */
const kills = Number(process.env.IMPORT_KILLS ?? 1);
const databaseKills = Number(process.env.IMPORT_DATABASE_KILLS ?? 1);

test('an import that is killed, or whose Neo4j is, comes to the same graph when it is resumed', async () => {
  const home = await mkdtemp(join(tmpdir(), 'yuntu-killed-'));
  const { home: jars, neo4jVersion: version } = readConfig({});
  try {
    const trials = await killImports({
      local: { home, jars, version, heap: '512m', env: process.env, progress: () => {} },
      files: join(__dirname, '..', 'data', 'crunchbase-2013'),
      batch: 300,
      kills,
      databaseKills,
    });
    for (const [what, wanted] of [
      ['importer', kills],
      ['database', databaseKills],
    ] as const) {
      const own = trials.filter((trial) => trial.what === what);
      expect(own.reduce((sum, { killed }) => sum + killed, 0)).toBe(wanted);
      expect(own.filter(({ equal }) => !equal)).toEqual([]);
    }
  } finally {
    await rm(home, { recursive: true });
  }
}, 600_000);
