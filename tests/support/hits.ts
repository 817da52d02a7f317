import neo4j, { type ProfiledPlan } from 'neo4j-driver';
import type { Client } from './client';

/** How often a statement touches the database: the same on any machine. */
export async function hitsOf(
  { ask, graph }: Client,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<number> {
  const sent: (readonly [text: string, p: object])[] = [];
  const read = graph.read.bind(graph);
  graph.read = (text, p = {}, options) => {
    sent.push([text, p]);
    return read(text, p, options);
  };
  const { errors } = await ask(query, variables);
  graph.read = read;
  if (errors) throw new Error(errors[0]?.message);
  const driver = neo4j.driver(process.env.YUNTU_TEST_NEO4J_URI as string);
  try {
    const counted = await Promise.all(
      sent.map(async ([text, p]) => {
        const session = driver.session();
        const { summary } = await session.run(`PROFILE ${text}`, { p });
        await session.close();
        return summary.profile ? total(summary.profile) : 0;
      }),
    );
    return counted.reduce((a, b) => a + b, 0);
  } finally {
    await driver.close();
  }
}

function total({ dbHits, children }: ProfiledPlan): number {
  return Number(dbHits) + children.reduce((sum, child) => sum + total(child), 0);
}
