import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { readConfig } from '../../src/config';
import { javaCommand } from '../../src/graph/local/java';
import { jarsOf } from '../../src/graph/local/jars';

/**
 * What Neo4j's own consistency check finds wrong with a store; nothing where it is sound. A check that cannot be made
 * finds that wrong.
 * @param home of a server that has ended
 */
export async function faultsOfStore(home: string): Promise<readonly string[]> {
  const { home: jars, neo4jVersion } = readConfig({});
  const lib = await jarsOf(jars, neo4jVersion, () => {});
  const { code, said } = await new Promise<{ code: number; said: string }>((resolve) => {
    execFile(
      javaCommand(process.env),
      ['-cp', join(lib, '*'), 'org.neo4j.cli.AdminTool', 'database', 'check', 'neo4j'],
      {
        env: { ...process.env, NEO4J_HOME: home, NEO4J_CONF: join(home, 'conf') },
        cwd: home,
        maxBuffer: 1 << 26,
      },
      (error, stdout, stderr) =>
        resolve({ code: error ? Number(error.code) || -1 : 0, said: stdout + stderr }),
    );
  });
  const told = said.split('\n').filter((line) => /inconsistencies found|\bERROR\b/i.test(line));
  // Whatever it says, it ends with another code than 0 where something is wrong.
  return code && !told.length ? [`The check ended with ${code}: ${said.slice(-2_000)}`] : told;
}
