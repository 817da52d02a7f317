import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The Java to run with: JAVA_HOME's, else the one on the PATH. */
export function javaCommand(env: NodeJS.ProcessEnv): string {
  return env.JAVA_HOME ? join(env.JAVA_HOME, 'bin', 'java') : 'java';
}

/** Why no local Neo4j can be run here; null where one can. */
export async function whyNotLocal(env: NodeJS.ProcessEnv, version: string): Promise<string | null> {
  const least = Number(version.split('.')[0]) >= 2025 ? 21 : 17;
  const java = await output(javaCommand(env), ['-version']);
  if (java === null) return 'there is no Java';
  const major = Number(/version "(\d+)/.exec(java)?.[1]);
  if (!(major >= least)) return `Java is version ${major || '?'}, and ${least} is needed`;
  if ((await output('mvn', ['-v'])) === null) return 'there is no Maven';
  return null;
}

async function output(command: string, args: string[]): Promise<string | null> {
  try {
    const { stdout, stderr } = await run(command, args);
    return stdout + stderr;
  } catch {
    return null;
  }
}
