import type { ApolloServerPlugin, BaseContext } from '@apollo/server';
import type { Code } from '../errors';

/** Faults of the document and its variables, whose status depends on the media type. */
const standard = new Set<unknown>([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
] satisfies Code[]);
const limits = new Set<unknown>(['LIMIT_EXCEEDED', 'COST_EXCEEDED'] satisfies Code[]);

/**
 * The status as GraphQL over HTTP has it: who asks for `application/json` by name gets 200 for a fault of the document or
 * its variables, as clients of that age expect; everyone else gets 400. What a limit refuses is 400 either way.
 */
export function statusByMediaType(): ApolloServerPlugin<BaseContext> {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ request, response: { body, http }, source }) {
          if (body.kind !== 'single') return;
          const { data, errors } = body.singleResult;
          if (!errors?.length || data) return;
          const codes = errors.map((each) => each.extensions?.code);
          if (codes.every((code) => limits.has(code))) http.status ??= 400;
          else if (
            source !== undefined &&
            http.status === 400 &&
            codes.every((code) => standard.has(code)) &&
            wantsJson(request.http?.headers.get('accept'))
          )
            http.status = 200;
        },
      };
    },
  };
}

function wantsJson(accept: string | undefined): boolean {
  return (
    accept !== undefined &&
    /application\/json/.test(accept) &&
    !/application\/graphql-response\+json/.test(accept)
  );
}
