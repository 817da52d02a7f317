import type { ApolloServerPlugin, BaseContext } from '@apollo/server';
import { OperationTypeNode } from 'graphql';
import type { Revision } from '../../graph/revision';
import { revisionTag, settle, type Standing } from './standing';

/** Tells in `extensions.cache` of every executed operation how it stands to the cache, and its revision. */
export function tellStanding(
  revision: Revision,
): ApolloServerPlugin<BaseContext & { readonly standing?: Standing }> {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ operation, response: { body }, contextValue: { standing } }) {
          if (!standing || body.kind !== 'single' || body.singleResult.data === undefined) return;
          const { errors, extensions } = body.singleResult;
          const changes = operation?.operation !== OperationTypeNode.QUERY;
          const cache = standingOf(standing, revision, { changes, whole: !errors?.length });
          // The last key of the last part, where hits are marked.
          body.singleResult.extensions = { ...extensions, cache };
        },
      };
    },
  };
}

/** Settles how an answer stands to the cache: what `extensions.cache` tells of it. */
export function standingOf(
  standing: Standing,
  revision: Revision,
  outcome: Parameters<typeof settle>[2],
): { readonly status: Standing['status']; readonly revision: string | null } {
  settle(standing, revision, outcome);
  const tag = standing.revision === undefined ? null : revisionTag(standing.revision);
  return { status: standing.status, revision: tag };
}

/** The bytes of a fresh answer, as they are sent from the cache. */
export function asHit(text: string): Buffer {
  const at = text.lastIndexOf(fresh);
  return Buffer.from(at < 0 ? text : text.slice(0, at) + kept + text.slice(at + fresh.length));
}

const fresh = '"cache":{"status":"miss"';
const kept = '"cache":{"status":"hit"';
