import type { ApolloServer, BaseContext, HTTPGraphQLHead } from '@apollo/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLFormattedError } from 'graphql';
import type { Profile } from '../../config';
import { Fault } from '../../errors';
import { variablesOf } from './parameters';
import { pictureFormats } from '../../exchange/export/pictures/formats';
import { pictureQuery, type Picture } from '../../exchange/export/pictures/picture';
import { withoutGuesses } from '../without-guesses';

/** What is not in what was asked. */
const statuses: Readonly<Record<string, number>> = {
  INTERNAL: 500,
  DATABASE_UNAVAILABLE: 503,
  OVERLOADED: 503,
  TIMEOUT: 504,
  RATE_LIMITED: 429,
};

/**
 * Serves pictures as files of other programs: `GET /graph.gexf?seeds=Trend:going-global&depth=2`, and the same for
 * `.graphml`, `.dot` and `.json` (Cytoscape). The picture is asked for like any other, so it is the very same.
 */
export function serveGraphFiles<C extends BaseContext>(
  app: FastifyInstance,
  apollo: ApolloServer<C>,
  context: (request: FastifyRequest, reply: FastifyReply) => Promise<C>,
  profile: Profile,
): void {
  for (const { extension, mediaType, write } of pictureFormats)
    app.get(`/graph.${extension}`, async (request, reply) => {
      try {
        const variables = variablesOf(request.query as Record<string, string>);
        const contextValue = await context(request, reply);
        const { body, http } = await apollo.executeOperation(
          { query: pictureQuery, variables },
          { contextValue },
        );
        if (body.kind !== 'single') throw new Error('A picture comes in one piece.');
        const { data, errors } = body.singleResult;
        if (errors?.length || !data) return refuse(reply, errors ?? [], http);
        return reply
          .type(`${mediaType}; charset=utf-8`)
          .header('content-disposition', `attachment; filename="yuntu-graph.${extension}"`)
          .send(write(data.graph as Picture));
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        const { message, extensions } = error;
        const told = { message, extensions };
        return refuse(reply, [profile === 'locked' ? withoutGuesses(told) : told]);
      }
    });
}

/** Errors as GraphQL over HTTP tells them, with the status that a browser understands, and when to come again. */
function refuse(
  reply: FastifyReply,
  errors: readonly GraphQLFormattedError[],
  http?: HTTPGraphQLHead,
): FastifyReply {
  const code = String(errors[0]?.extensions?.code);
  const pause = http?.headers.get('retry-after');
  if (pause !== undefined) void reply.header('retry-after', pause);
  return reply.code(statuses[code] ?? 400).send({ errors });
}
