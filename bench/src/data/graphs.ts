import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Driver } from 'neo4j-driver';
import { start } from '../contestants/contestant';
import { connect, read, statement, write } from '../cypher';
import { bench, dataFolder, home, openLocal, root } from '../product';
import { say } from '../say';
import { load } from './load';

/** How often the Crunchbase graph stands in a graph: once, and as copies with keys of their own. */
export type Size = 1 | 3 | 10;

/** A graph that is up, with the process of its Neo4j. */
export interface OpenGraph {
  readonly uri: string;
  readonly pid: number;
  readonly driver: Driver;
  readonly version: string;
  close(): Promise<void>;
}

const version = '5.26.30';
const heaps: Readonly<Record<Size, string>> = { 1: '1g', 3: '2g', 10: '3g' };

/** A Neo4j in a home of its own below `.yuntu/bench`. */
export async function openHome(name: string, heap: string): Promise<OpenGraph> {
  const folder = join(home, name);
  await mkdir(folder, { recursive: true });
  const jars = join(root, '.yuntu');
  const local = await openLocal({
    home: folder,
    jars,
    version,
    heap,
    env: process.env,
    progress: say,
  });
  const state = JSON.parse(await readFile(join(folder, 'server.json'), 'utf8')) as {
    process: string;
  };
  const driver = connect(local.uri);
  return {
    uri: local.uri,
    pid: Number.parseInt(state.process, 10),
    driver,
    version,
    async close() {
      await driver.close();
      await local.close();
    },
  };
}

/** Forgets what a home held; its Neo4j must be down. */
export const emptyHome = (name: string): Promise<void> =>
  rm(join(home, name), { recursive: true, force: true });

/** The graph of that size, made if it is not there or was made from other files or statements. */
export async function openGraph(size: Size): Promise<OpenGraph> {
  const name = `graph-${size}x`;
  const wanted = stamp(size);
  let graph = await openHome(name, heaps[size]);
  const [made] = await read<string>(graph.driver, 'MATCH (s:BenchStamp) RETURN s.made');
  if (made === wanted) return graph;
  say(`Making the graph of ${size} x Crunchbase 2013; it is kept for later runs ...`);
  await graph.close();
  await emptyHome(name);
  graph = await openHome(name, heaps[size]);
  // The product applies its constraints and loads the report into a graph that holds nothing.
  await (await start('off', graph.uri)).end();
  await load(graph.driver);
  for (let copy = 1; copy < size; copy++) {
    say(`  copy ${copy} of ${size - 1}`);
    for (const kind of ['companies', 'firms', 'rounds', 'investments', 'acquisitions'])
      await write(graph.driver, statement(`grow/${kind}`), { suffix: `~${copy}` });
  }
  await write(graph.driver, 'CREATE (:BenchStamp {made: $p.made})', { made: wanted });
  return graph;
}

/** A digest of all that a graph is made from. */
function stamp(size: Size): string {
  const digest = createHash('sha256').update(String(size));
  const add = (folder: string, ending: string) => {
    for (const name of readdirSync(folder).sort())
      if (name.endsWith(ending)) digest.update(readFileSync(join(folder, name)));
  };
  add(join(bench, 'cypher', 'load'), '.cypher');
  if (size > 1) add(join(bench, 'cypher', 'grow'), '.cypher');
  for (const name of ['crunchbase.js', 'csv.js', 'load.js'])
    digest.update(readFileSync(join(__dirname, name)));
  digest.update(readFileSync(join(root, 'cypher', 'constraints.cypher')));
  for (const name of readdirSync(dataFolder ?? '.'))
    digest.update(`${name} ${statSync(join(dataFolder ?? '.', name)).size}`);
  return digest.digest('hex');
}

/** What a work asks about, found in the graph once and kept beside it. */
export async function pick(graph: OpenGraph, name: string): Promise<unknown[]> {
  const text = statement(`picks/${name}`);
  const digest = createHash('sha256')
    .update(text + stamp(1))
    .digest('hex')
    .slice(0, 16);
  const file = join(home, 'picks', `${name}-${digest}.json`);
  const kept = await readFile(file, 'utf8').catch(() => null);
  if (kept) return JSON.parse(kept) as unknown[];
  const found = await read(graph.driver, text);
  if (found.length < 20)
    throw new Error(
      `picks/${name}.cypher found ${found.length} things to ask about; 20 are needed.`,
    );
  await mkdir(join(home, 'picks'), { recursive: true });
  await writeFile(file, JSON.stringify(found));
  return found;
}
