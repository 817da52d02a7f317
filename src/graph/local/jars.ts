import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Tells what goes on while something takes long. */
export type Progress = (message: string) => void;

const pom = (version: string) => `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>yuntu</groupId>
  <artifactId>neo4j</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency>
      <groupId>org.neo4j</groupId>
      <artifactId>neo4j</artifactId>
      <version>${version}</version>
    </dependency>
  </dependencies>
</project>
`;

const folderOf = (home: string, version: string): string => join(home, `neo4j-${version}`);

/** Whether the jars of that version are there: then nothing is fetched. */
export const hasJars = (home: string, version: string): boolean =>
  existsSync(folderOf(home, version));

/**
 * The folder with Neo4j's jars: fetched by Maven once for each version, into a folder that is given its name only when
 * it is whole, so that a fetch that was cut off leaves nothing to trip over.
 */
export async function jarsOf(home: string, version: string, progress: Progress): Promise<string> {
  const target = folderOf(home, version);
  if (hasJars(home, version)) return target;
  const work = join(home, `fetching-${process.pid}`);
  await rm(work, { recursive: true, force: true });
  await mkdir(work, { recursive: true });
  await writeFile(join(work, 'pom.xml'), pom(version));
  progress(`Fetching Neo4j ${version} with Maven (120 MB, once) ...`);
  try {
    await run(
      'mvn',
      [
        '-q',
        '-B',
        'dependency:copy-dependencies',
        '-DincludeScope=runtime',
        '-DoutputDirectory=lib',
      ],
      { cwd: work, maxBuffer: 1 << 24 },
    );
    await rename(join(work, 'lib'), target).catch((error: unknown) => {
      // Another start was faster.
      if (!hasJars(home, version)) throw error;
    });
  } catch (error) {
    const { stdout = '', message = '' } = error as { stdout?: string; message?: string };
    throw new Error(
      `Maven could not fetch Neo4j ${version}: ${(stdout || message).trim().split('\n').slice(0, 5).join(' ')}`,
    );
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return target;
}
