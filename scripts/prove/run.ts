import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Runs a program to its end; what it writes is shown only where it fails. */
export function run(program: string, args: readonly string[]): Promise<{ readonly code: number }> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const written: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (data: Buffer) => written.push(data));
    child.on('close', (code) => {
      if (code) process.stderr.write(Buffer.concat(written));
      resolve({ code: code ?? 1 });
    });
  });
}

/** The numbers of a jest file, which shares the Neo4j that runs. */
export async function jestOf(
  file: string,
): Promise<{ readonly passed: number; readonly failed: number; readonly skipped: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'prove-'));
  const output = join(folder, 'jest.json');
  try {
    await run('npx', ['jest', file, '--json', `--outputFile=${output}`]);
    const told = JSON.parse(readFileSync(output, 'utf8')) as Record<string, number>;
    const {
      numPassedTests: passed = 0,
      numFailedTests: failed = 1,
      numPendingTests: skipped = 0,
    } = told;
    return { passed, failed: failed || (passed ? 0 : 1), skipped };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
