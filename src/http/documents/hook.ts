import type { FastifyInstance, FastifyRequest } from 'fastify';
import { badInput, quote } from '../../errors';
import { isObject } from '../../support/is-object';
import { askedBy, paramsOf, type Asked } from '../asked';
import { refusal } from '../limits/refusal';
import { lastStep, step } from '../step';
import type { PersistedQueries } from './persisted';
import { hashOf, type TrustedDocuments } from './trusted';

export interface DocumentParts {
  readonly persisted: PersistedQueries;
  readonly trusted: TrustedDocuments;
  /** Whether nothing but trusted documents is answered. */
  readonly onlyTrusted: boolean;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** What is asked, as it was sent. */
    asked: Asked;
    /** The document's text, however the request named it; undefined where that is told elsewhere. */
    document: string | undefined;
    /** The hash that was sent with the document's text, and is that of it. */
    sentHash: string | undefined;
  }
}

/** Finds the document that a request names by identifier or hash; from here on the request bears its text. */
export function findDocuments(app: FastifyInstance, parts: DocumentParts): void {
  app.decorateRequest('asked', null as unknown as Asked);
  app.decorateRequest('document', undefined);
  app.decorateRequest('sentHash', undefined);
  step(app, 'preHandler', (request) => {
    request.asked = askedBy(request);
    request.document = textOf(request, request.asked, parts);
  });
  lastStep(app, (request, _reply, payload) => {
    const { sentHash, document, standing } = request;
    // Where an answer comes from the cache, Apollo Server does not learn the hash: the client would send the text for ever.
    if (sentHash !== undefined && document !== undefined && standing?.status === 'hit')
      void parts.persisted.set(`apq:${sentHash}`, document);
    return payload;
  });
}

function textOf(request: FastifyRequest, asked: Asked, parts: DocumentParts): string | undefined {
  const { query, documentId, extensions } = asked;
  const text = typeof query === 'string' && query ? query : undefined;
  if (documentId != null) return byIdentifier(request, asked, parts);
  const persisted = isObject(extensions) ? extensions.persistedQuery : undefined;
  // As Apollo Server sees it: what it takes for none is none.
  if (persisted) return byHash(request, persisted, text, parts);
  if (text !== undefined && parts.onlyTrusted) throw nothingElse();
  return text;
}

function byIdentifier(
  request: FastifyRequest,
  { query, documentId }: Asked,
  { trusted, persisted, onlyTrusted }: DocumentParts,
): string {
  if (query != null) throw wrong('documentId', 'send either it or "query", not both.');
  if (typeof documentId !== 'string')
    throw wrong('documentId', `${quote(documentId)} is no text; an identifier is one.`);
  const hash = /^sha256:(.*)$/.exec(documentId)?.[1];
  const text =
    trusted.get(documentId) ??
    (hash === undefined || onlyTrusted ? undefined : persisted.peek(hash));
  if (text === undefined)
    throw refusal(
      'PERSISTED_QUERY_NOT_FOUND',
      400,
      `documentId: this server has no document ${quote(documentId)}.`,
      {
        hint: onlyTrusted
          ? 'It answers only documents that were given to it when it started: add this one to them.'
          : 'Send its text as "query", or add it to the documents that the server is started with.',
      },
    );
  return bear(request, text);
}

/**
 * A document named by its hash, as Apollo's clients do: sent with the text once, without it from then on. What is wrong
 * with it, Apollo Server tells; then it has no document.
 */
function byHash(
  request: FastifyRequest,
  given: unknown,
  text: string | undefined,
  { trusted, persisted, onlyTrusted }: DocumentParts,
): string | undefined {
  const { version, sha256Hash: hash } = isObject(given) ? given : {};
  const named = version === 1 && typeof hash === 'string' ? hash : undefined;
  if (text !== undefined && !onlyTrusted) {
    if (named !== hashOf(text)) return undefined;
    request.sentHash = named;
    return text;
  }
  const known = trusted.get(`sha256:${named}`) ?? persisted.peek(named ?? '');
  if (onlyTrusted && (known === undefined || text !== undefined)) throw nothingElse();
  return known === undefined ? undefined : bear(request, known);
}

/** Gives the request the text, as if it had been sent with it. */
function bear(request: FastifyRequest, text: string): string {
  const { raw, method, url, body } = request;
  if (method === 'GET') {
    const params = paramsOf(url);
    for (const name of ['documentId', 'extensions']) params.delete(name);
    params.set('query', text);
    Object.assign(raw, { originalUrl: url, url: `${url.split('?', 1)[0]}?${params.toString()}` });
  } else {
    Object.assign(body as object, { query: text, documentId: null, extensions: null });
  }
  return text;
}

function nothingElse(): Error {
  return refusal('FORBIDDEN', 403, 'This server answers only the documents that it knows.', {
    hint: 'Name one by "documentId"; whoever runs the server can add others to its trusted documents.',
  });
}

function wrong(where: string, message: string): Error {
  const { message: sentence } = badInput(where, message);
  return refusal('BAD_USER_INPUT', 400, sentence, { path: where });
}
