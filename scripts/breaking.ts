import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { breakingFaults, type Mark } from './breaking-changes';

/** Holds the emitted schema against the released one; with `--release` it becomes the released one. */
const folder = join(__dirname, '..', 'schema');
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

if (process.argv.includes('--release'))
  writeFileSync(join(folder, 'released.graphql'), read('schema.graphql'));
const marks = (parse(read('breaking.yaml')) ?? []) as Mark[];
const faults = breakingFaults(read('released.graphql'), read('schema.graphql'), marks);
for (const each of faults) console.error(each);
console.log(`${faults.length} faults against the released schema, ${marks.length} changes marked.`);
process.exitCode = faults.length ? 1 : 0;
