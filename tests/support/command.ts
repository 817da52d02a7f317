import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(__dirname, '..', '..');

/** A command as it is given at a terminal, on the Neo4j of the tests. */
export async function yuntu(
  ...args: string[]
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  try {
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      ['-r', '@swc-node/register', join(root, 'src/command/yuntu.ts'), ...args],
      { cwd: root, env: { ...process.env, NEO4J_URI: process.env.YUNTU_TEST_NEO4J_URI } },
    );
    return { code: 0, out: stdout, err: stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, out: stdout, err: stderr };
  }
}
