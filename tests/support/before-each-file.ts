import { countsOf } from './report-alone';
import { restoreReport } from './restored-report';

/** Each file finds the report and nothing else, whatever those before it left behind and in whatever order they run. */
beforeAll(async () => {
  const { YUNTU_TEST_NEO4J_URI: uri, REPORT_OF_TESTS: report } = process.env;
  if (!uri || (await countsOf(uri)) === report) return;
  await restoreReport();
}, 60_000);
