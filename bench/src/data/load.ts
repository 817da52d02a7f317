import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Driver } from 'neo4j-driver';
import { connect, read, statement, write } from '../cypher';
import { root } from '../product';
import { readCrunchbase } from './crunchbase';

/** Rows of one statement; measured: half as many or twice as many are slower. */
const batch = 10_000;

/** Applies the product's constraints and indexes as it emits them. */
export async function constrain(driver: Driver): Promise<void> {
  const text = readFileSync(join(root, 'cypher', 'constraints.cypher'), 'utf8');
  for (const each of text.split(/;\s*\n/)) {
    const command = each.replace(/^\/\/.*\n/gm, '').trim();
    if (command) await write(driver, command);
  }
  await read(driver, 'CALL db.awaitIndexes(120)');
}

/**
 * Loads the four files in the storage model of the product, with a statement for each kind of row. It is what somebody
 * would write by hand who knows Neo4j: keys indexed first, whole rows in one statement, large batches, measures last.
 * @returns rows that were read, by file
 */
export async function load(driver: Driver): Promise<Readonly<Record<string, number>>> {
  const files = readCrunchbase();
  const all = async (name: string, rows: readonly unknown[], more: object = {}) => {
    const text = `CYPHER 5 ${statement(`load/${name}`)}`;
    for (let at = 0; at < rows.length; at += batch)
      await write(driver, text, { ...more, rows: rows.slice(at, at + batch) });
  };
  await all('sources', files.sources);
  await all('sectors', files.sectors);
  await all('places', files.places);
  await all('companies', files.companies);
  await all('firms', files.firms);
  await all('rounds', files.rounds, { source: 'crunchbase-2013-rounds' });
  await all('acquisitions', files.acquisitions, { source: 'crunchbase-2013-acquisitions' });
  await all('by-firms', files.byFirms);
  await all('by-companies', files.byCompanies);
  return files.counts;
}

/** As a program: constraints and files into the graph at NEO4J_URI. */
async function main(): Promise<void> {
  const driver = connect(process.env.NEO4J_URI ?? '');
  try {
    await constrain(driver);
    process.stdout.write(`${JSON.stringify(await load(driver))}\n`);
  } finally {
    await driver.close();
  }
}

if (require.main === module)
  main().catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
