import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { hasJars } from './jars';

const run = promisify(execFile);

/** The Java to run with: JAVA_HOME's, else the one on the PATH. */
export function javaCommand(env: NodeJS.ProcessEnv): string {
  return env.JAVA_HOME ? join(env.JAVA_HOME, 'bin', 'java') : 'java';
}

/** Why no local Neo4j of that version can be run in this home; null where one can. Maven only fetches what is missing. */
export async function whyNotLocal(
  env: NodeJS.ProcessEnv,
  version: string,
  home: string,
): Promise<string | null> {
  const least = Number(version.split('.')[0]) >= 2025 ? 21 : 17;
  const output = outputIn(env);
  const java = await output(javaCommand(env), ['-version']);
  if (java === null) return 'there is no Java';
  const major = Number(/version "(\d+)/.exec(java)?.[1]);
  if (!(major >= least)) return `Java is version ${major || '?'}, and ${least} is needed`;
  if (hasJars(home, version) || (await output('mvn', ['-v'])) !== null) return null;
  return 'there is no Maven to fetch it with';
}

/** What a program prints in that environment; null where it does not run. */
const outputIn =
  (env: NodeJS.ProcessEnv) =>
  async (command: string, args: string[]): Promise<string | null> => {
    try {
      const { stdout, stderr } = await run(command, args, { env });
      return stdout + stderr;
    } catch {
      return null;
    }
  };
