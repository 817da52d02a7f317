import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

/** The folder of the product, whose package stands beside this one. */
export const root = resolve(__dirname, '..', '..');
/** The folder of the benchmark. */
export const bench = resolve(__dirname, '..');
const { CRUNCHBASE_2013: given } = process.env;
/** The folder with Crunchbase's export of 2013, seen from the product's folder; null where none is named. */
export const dataFolder = given ? resolve(root, given) : null;
/** What is kept between runs: graphs, picks, measured numbers. */
export const home = join(root, '.yuntu', 'bench');

const built = createRequire(join(root, 'dist', 'main.js'));

/** What the benchmark takes from the product as it was built: its local Neo4j, and how it folds a text. */
export const { openLocal } = built(
  './graph/local/server.js',
) as typeof import('../../src/graph/local/server');
export const { fold } = built('./support/fold.js') as typeof import('../../src/support/fold');
export const { firstDay, yearOf } = built(
  './support/partial-date.js',
) as typeof import('../../src/support/partial-date');
const { settings } = built('./config.js') as typeof import('../../src/config');

/** Whether the product has such a setting: it refuses to start with one that it does not know. */
export const hasSetting = (variable: string): boolean =>
  Object.values(settings).some((one) => one.variable === variable);

/** How `npm start` calls the server, and `npm run yuntu` the importer. */
export function commandOf(script: 'start' | 'yuntu'): readonly string[] {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<typeof script, string>;
  };
  const [command = '', ...args] = scripts[script].split(' ');
  return [command === 'node' ? process.execPath : command, ...args];
}
