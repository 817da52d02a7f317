import type { FastifyInstance } from 'fastify';
import { mostChanges } from '../../curate';
import { mostFaults } from '../../errors';
import { mostAvoided } from '../../explore/paths/paths';
import { maxGroups, maxPage } from '../../query/page';
import { mostNodes } from '../../query/roots';
import { mostWords } from '../../support/lucene';
import { deepest } from './document/tokens';
import { mostOfSite } from './in-flight';
import { limitSettings, type Limits } from './table';

interface Told {
  readonly limit: number;
  readonly meaning: string;
  /** What sets it; nothing does where it follows from another, or belongs to the schema's contract. */
  readonly variable?: string;
}

/** Tells all limits at `/limits`, each with what it bounds. */
export function tellLimits(app: FastifyInstance, limits: Limits): void {
  const told: Readonly<Record<string, Told>> = {
    ...Object.fromEntries(
      Object.entries(limitSettings).map(([name, { meaning, variable }]) => [
        name,
        { limit: limits[name as keyof Limits], meaning, variable },
      ]),
    ),
    maxInFlightOfSite: {
      limit: mostOfSite(limits.maxInFlight),
      meaning: 'Requests at the same time of all callers in one IPv6 network of 48 bits.',
    },
    maxWaiting: { limit: 2 * limits.poolSize, meaning: 'Operations that wait for their turn.' },
    maxBrackets: { limit: deepest, meaning: 'Brackets within brackets in a document.' },
    maxFaults: { limit: mostFaults, meaning: 'Faults that are told of a document.' },
    maxPage: { limit: maxPage, meaning: 'Rows of a list (`first`).' },
    maxGroups: { limit: maxGroups, meaning: 'Groups of a list of groups (`first`).' },
    maxNodes: { limit: mostNodes, meaning: 'Ids of `nodes`.' },
    maxWords: { limit: mostWords, meaning: 'Words of a search.' },
    maxAvoided: { limit: mostAvoided, meaning: 'Things that `paths` goes around (`avoid`).' },
    maxChanges: { limit: mostChanges, meaning: 'Changes of one operation (`change`).' },
  };
  app.get('/limits', async ({ account }) => ({
    caller: { limited: account.caller.limited },
    limits: told,
  }));
}
