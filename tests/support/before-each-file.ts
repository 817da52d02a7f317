import { Graph } from '../../src/graph/graph';
import { countsOf, restoreReport } from './restored-report';

/** Each file finds the report and nothing else, whatever those before it left behind and in whatever order they run. */
beforeAll(async () => {
  const graph = new Graph({ uri: process.env.YUNTU_TEST_NEO4J_URI as string });
  const counts = await countsOf(graph);
  await graph.close();
  if (counts !== process.env.REPORT_OF_TESTS) await restoreReport();
}, 60_000);
