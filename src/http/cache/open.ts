import type { GraphQLSchema } from 'graphql';
import type { Config } from '../../config';
import type { Revision } from '../../graph/revision';
import type { Log } from '../log';
import { AnswerCache } from './cache';
import { fingerprintOf } from './fingerprint';
import { SharedAnswers } from './shared-answers';

/** The cache as it is configured. */
export function openCache(
  { cacheSize, redisUrl, maxAnswer }: Pick<Config, 'cacheSize' | 'redisUrl' | 'maxAnswer'>,
  revision: Revision,
  schema: GraphQLSchema,
  log: Log,
): AnswerCache {
  const shared = redisUrl && cacheSize ? new SharedAnswers(redisUrl, maxAnswer, log) : undefined;
  void shared?.open();
  return new AnswerCache({
    revision,
    bytes: cacheSize * 1024 * 1024,
    fingerprint: () => fingerprintOf(schema),
    shared,
  });
}
