import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');

/** `npm run prove -- ...`, which must not begin anything where it is not understood. */
const prove = (...args: string[]) =>
  spawnSync(
    process.execPath,
    ['-r', '@swc-node/register', join(root, 'scripts/prove/prove.ts'), ...args],
    { cwd: root, encoding: 'utf8' },
  );

test.each([
  ['a part that is none', ['--only', 'fault'], /"fault" is no part\. Did you mean "faults"\?/],
  ['one of two that is none', ['--only', 'faults', 'lode', '--long'], /"lode" is no part/],
  ['an option that is none', ['--just', 'faults'], /There is no --just here/],
  ['no part at all', ['--only'], /--only stands before the names of parts/],
])('%s is refused with the names of all parts, and nothing is proved', (_what, args, message) => {
  const { status, stdout, stderr } = prove(...args);
  expect(stderr).toMatch(message);
  expect(stderr).toMatch(/hostile, conformance, faults, load/);
  expect([status, stdout]).toEqual([2, '']);
});
