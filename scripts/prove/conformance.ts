import { serverAudits } from 'graphql-http';
import { row, type Part } from './part';
import { jestOf, run } from './run';

/** Audits that graphql-http has of a server: fewer of them would show less. */
const audits = 61;

/** Foreign suites and rules. */
export const conformance: Part = {
  name: 'conformance',
  run: async ({ url }) => {
    const results = await Promise.all(
      serverAudits({ url: () => url, fetchFn: fetch }).map(({ fn }) => fn()),
    );
    const apollo = await jestOf('tests/conformance/apollo');
    const guards = await jestOf('tests/http/guards');
    const schema = await run('npm', ['run', '--silent', 'check:schema']);
    return [
      row(
        'audits of graphql-http passed',
        results.filter(({ status }) => status === 'ok').length,
        audits,
      ),
      row(
        `tests of Apollo's integration suite passed (${apollo.skipped} need graphql 17)`,
        apollo.passed,
        apollo.passed + apollo.failed,
      ),
      row('guards that fail when switched off', guards.passed, guards.passed + guards.failed),
      row('faults of the schema: Relay, linter, released schema', schema.code, 0),
    ];
  },
};
