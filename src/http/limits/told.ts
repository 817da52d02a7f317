import type { FastifyInstance } from 'fastify';
import { maxGroups, maxPage } from '../../query/page';
import { limitSettings, type Limits } from './table';

/** Tells all limits at `/limits`, each with what it bounds. */
export function tellLimits(app: FastifyInstance, limits: Limits): void {
  const told = {
    ...Object.fromEntries(
      Object.entries(limitSettings).map(([name, { meaning, variable }]) => [
        name,
        { limit: limits[name as keyof Limits], meaning, variable },
      ]),
    ),
    maxPage: { limit: maxPage, meaning: 'Rows of a list (`first`).' },
    maxGroups: { limit: maxGroups, meaning: 'Groups of a list of groups (`first`).' },
    maxWaiting: { limit: 2 * limits.poolSize, meaning: 'Operations that wait for their turn.' },
  };
  app.get('/limits', async ({ account }) => ({
    caller: { limited: account.caller.limited },
    limits: told,
  }));
}
