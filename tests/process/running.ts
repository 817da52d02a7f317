import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');

/** Lines that are kept at the most, and half of them at the least. */
const most = 20_000;

/** The server as `npm start` runs it, in a process of its own. */
export class Running {
  /** What it wrote on its standard error, by lines: the last of them, where they are many. */
  readonly lines: string[] = [];

  private constructor(
    readonly child: ChildProcess,
    readonly url: string,
    lines: string[],
  ) {
    this.lines = lines;
  }

  /** @param env added to what it needs to find the Neo4j of the tests */
  static async start(env: Readonly<Record<string, string>> = {}): Promise<Running> {
    const child = spawn(
      process.execPath,
      ['-r', '@swc-node/register', join(root, 'src', 'main.ts')],
      {
        cwd: root,
        env: {
          PATH: process.env.PATH,
          NEO4J_URI: process.env.YUNTU_TEST_NEO4J_URI,
          PORT: '0',
          ...env,
        },
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
    const lines: string[] = [];
    const ready = new Promise<string>((resolve, reject) => {
      let rest = '';
      child.stderr?.setEncoding('utf8').on('data', (text: string) => {
        const parts = (rest + text).split('\n');
        rest = parts.pop() ?? '';
        lines.push(...parts);
        // Under a load of an hour they would be millions.
        if (lines.length > most) lines.splice(0, lines.length - most / 2);
        const url = /ready: (http:\S+)\/graphql/.exec(text)?.[1];
        if (url) resolve(url);
      });
      child.once('exit', (code) => reject(new Error(`It ended with ${code}: ${lines.join('\n')}`)));
    });
    return new Running(child, await ready, lines);
  }

  /** Bytes of memory that it has. */
  async memory(): Promise<number> {
    const text = await (await fetch(`${this.url}/metrics`)).text();
    return Number(/^process_resident_memory_bytes (\d+)/m.exec(text)?.[1]);
  }

  /** Lines of the log, whatever else was said left out. */
  get log(): readonly Record<string, unknown>[] {
    return this.lines
      .filter((line) => line.startsWith('{"time"'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  /** Ends it; gives what it exits with. */
  async end(): Promise<number | null> {
    const exit = once(this.child, 'exit') as Promise<[number | null]>;
    this.child.kill('SIGTERM');
    const [code] = await exit;
    return code;
  }
}
