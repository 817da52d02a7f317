import type { FastifyInstance } from 'fastify';
import { mostChanges } from '../../curate';
import { mostFaults } from '../../errors';
import { byBound, groupsBound, idsBound, orderBound, pageBound } from '../../derive/bounds';
import { drawnBound, depthBound } from '../../explore/graph/schema';
import { ofBound } from '../../explore/neighbours/types';
import { avoidBound, hopsBound, waysBound } from '../../explore/paths/types';
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
    maxPage: { limit: pageBound.most, meaning: 'Rows of a list (`first`).' },
    maxGroups: { limit: groupsBound.most, meaning: 'Groups of a list of groups (`first`).' },
    maxBy: { limit: byBound.most, meaning: 'Items that groups are made by (`by`).' },
    maxOrder: { limit: orderBound.most, meaning: 'Items of an order (`orderBy`).' },
    maxNodes: { limit: idsBound.most, meaning: 'Ids of `nodes`.' },
    maxWords: { limit: mostWords, meaning: 'Words of a search.' },
    maxDrawn: { limit: drawnBound.most, meaning: 'Nodes of a `graph` (`limit`).' },
    maxGraphDepth: { limit: depthBound.most, meaning: 'Steps from the seeds of a `graph`.' },
    maxOf: { limit: ofBound.most, meaning: 'Things whose `neighbours` are asked for (`of`).' },
    maxHops: { limit: hopsBound.most, meaning: 'Hops of `paths` (`maxHops`).' },
    maxWays: { limit: waysBound.most, meaning: 'Ways of `paths` (`first`).' },
    maxAvoided: { limit: avoidBound.most, meaning: 'Things that `paths` goes around (`avoid`).' },
    maxChanges: { limit: mostChanges, meaning: 'Changes of one operation (`change`).' },
  };
  app.get('/limits', async ({ account }) => ({
    caller: { limited: account.caller.limited },
    limits: told,
  }));
}
