import type { ApolloServerPlugin } from '@apollo/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { OperationTypeNode, type DocumentNode, type OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Revision } from '../graph/revision';
import { stringify } from '../query/json';
import { weightOf } from '../query/weight';
import { isObject } from '../support/is-object';
import type { Answer } from './answer';
import type { WebContext } from './apollo';
import { standingOf } from './cache/plugin';
import { becomesCsv } from './csv/serve';
import type { Scale } from './limits/cost/scale';
import { lastStep } from './step';

/** A query that Apollo Server has parsed and found valid. */
export interface Passed {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
}

/** One that it has answered, with the media type that it gave. */
interface Known extends Passed {
  readonly type: string;
}

export interface PassedParts {
  readonly answer: Answer;
  readonly scale: Scale;
  readonly revision: Revision;
  readonly context: (request: FastifyRequest, reply: FastifyReply) => Promise<WebContext>;
}

/** Writes down which queries have passed Apollo Server and were answered without a fault. */
export const rememberPassed: ApolloServerPlugin<WebContext> = {
  async requestDidStart() {
    return {
      async willSendResponse({ document, operation, response: { body }, contextValue }) {
        const whole = body.kind === 'single' && !body.singleResult.errors?.length;
        if (whole && document && operation?.operation === OperationTypeNode.QUERY)
          contextValue.account.passed = { document, operation };
      },
    };
  },
};

/**
 * Answers queries that Apollo Server has let through before without asking it again: it would look up what it knows of
 * them, in two thirds of the time that a small answer takes. What they cost is weighed, their variables are checked and
 * their turn is waited for as ever. As soon as anything is wrong, Apollo Server has the word.
 */
export class PassedQueries {
  readonly #known = new LRUCache<string, Known>({
    maxSize: 32 * 1024 * 1024,
    sizeCalculation: ({ document }, key) => 2 * key.length + weightOf(document),
  });

  constructor(readonly parts: PassedParts) {}

  /** Remembers what is sent; its hook stands behind those that may refuse an answer for its size. */
  remember(app: FastifyInstance): void {
    lastStep(app, (request, reply, payload) => {
      const { passed } = request.account;
      const key = passed && reply.statusCode === 200 ? keyOf(request) : undefined;
      if (passed && key !== undefined && !this.#known.has(key))
        this.#known.set(key, { ...passed, type: String(reply.getHeader('content-type')) });
      return payload;
    });
  }

  /** Answers what is known; its hook stands behind all that reads or refuses the request. */
  serve(app: FastifyInstance): void {
    app.addHook('preHandler', (request, reply, done) => {
      const key = keyOf(request);
      const known = key === undefined ? undefined : this.#known.get(key);
      if (!known) return done();
      void this.#answer(known, request, reply).then((text) => {
        if (text === undefined) return done();
        void reply.header('content-type', known.type).send(text);
      });
    });
  }

  /** Undefined where something is wrong, which is found again and told by Apollo Server. */
  async #answer(
    { document, operation }: Known,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<string | undefined> {
    const { answer, scale, revision } = this.parts;
    const { account, standing, asked } = request;
    const variables = (asked.variables ?? {}) as Readonly<Record<string, unknown>>;
    try {
      scale.weigh(operation, document, variables, account);
      const context = await this.parts.context(request, reply);
      const result = await answer(document, operation.name?.value, variables, context);
      if (result.errors?.length) {
        account.result = result;
        return undefined;
      }
      const cache = standing && standingOf(standing, revision, { changes: false, whole: true });
      return stringify({
        ...result,
        extensions: { ...result.extensions, ...(cache && { cache }) },
      });
    } catch {
      return undefined;
    }
  }
}

/** Requests of one key are read alike by Apollo Server; undefined for those that it has to look at. */
function keyOf(request: FastifyRequest): string | undefined {
  const { method, document, asked, headers } = request;
  const { operationName, variables, extensions } = asked;
  if (method !== 'POST' || document === undefined || extensions != null || becomesCsv(request))
    return undefined;
  // A line break in a name could make two requests look alike.
  if (operationName != null && !(typeof operationName === 'string' && /^\w+$/.test(operationName)))
    return undefined;
  if (variables != null && !isObject(variables)) return undefined;
  return `${headers.accept ?? ''}\n${operationName ?? ''}\n${document}`;
}
