import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Revision } from '../../graph/revision';
import { classOf, everyone } from '../limits/caller';
import { steadyNow } from '../../support/steady-now';
import { unless } from '../../support/unless';
import { becomesCsv } from '../csv/serve';
import { signalOf } from '../deadline';
import { lastStep } from '../step';
import { Answers, type Kept } from './answers';
import { etagOf, names } from './etag';
import { digest, keyOf } from './key';
import { asHit } from './plugin';
import type { SharedAnswers } from './shared-answers';
import { revisionTag, type Standing } from './standing';

export interface CacheParts {
  readonly revision: Revision;
  /** Memory for answers; 0 keeps none. */
  readonly bytes: number;
  /** Tells this server's answers from those of another version or schema; asked for when it is first needed. */
  readonly fingerprint: () => string;
  readonly shared?: SharedAnswers;
}

declare module 'fastify' {
  interface FastifyRequest {
    standing: Standing | undefined;
  }
}

/**
 * Answers as bytes, in front of all that reads GraphQL. One is given again only under the key it was asked by, while the
 * graph has the revision that it was read from; so none is out of date by more than {@link Revision.within}.
 */
export class AnswerCache {
  readonly #answers: Answers | undefined;
  #fingerprint: string | undefined;

  constructor(readonly parts: CacheParts) {
    if (parts.bytes) this.#answers = new Answers(parts.bytes);
  }

  /**
   * Answers what can be answered from the cache; its hook stands in front of all that reads the document.
   * @param deadline milliseconds within which a request is answered: so long it is waited for what the database says
   */
  serve(app: FastifyInstance, deadline: number): void {
    app.decorateRequest('standing', undefined);
    app.addHook('preHandler', (request, reply, done) => this.#look(request, reply, deadline, done));
  }

  /** Keeps fresh answers; its hook stands behind all that may change or refuse one. */
  keep(app: FastifyInstance): void {
    lastStep(app, (request, reply, payload) => {
      const { standing } = request;
      if (standing && standing.status !== 'hit') this.#keep(standing, request, reply, payload);
      return payload;
    });
  }

  /** Bytes that the answers take which are kept here. */
  get size(): number {
    return this.#answers?.size ?? 0;
  }

  close(): void {
    this.parts.shared?.close();
  }

  #look(request: FastifyRequest, reply: FastifyReply, deadline: number, done: () => void): void {
    const { revision } = this.parts;
    const key = this.#keyOf(request);
    const go = (status: Standing['status']): void => {
      request.standing = { status, key, before: revision.known };
      done();
    };
    if (key === undefined) return go('off');
    const { 'cache-control': wish, 'if-none-match': condition } = request.headers;
    // As browsers say when a page is loaded anew: nothing unless the database says that it is right.
    const doubts = wish !== undefined && /\bno-cache\b/i.test(wish);
    const kept = this.#answers?.has(key) === true;
    if (!kept && condition === undefined && !this.parts.shared?.ready) return go('miss');
    const answer = async (): Promise<void> => {
      // Whatever was waited for, it is what is known now that counts.
      const { known } = revision;
      const found = known && (await this.#find(key, known, condition));
      if (!found || revision.known !== known) go('miss');
      else this.#send(found, request, reply);
    };
    if (kept && !doubts && revision.fresh !== undefined) {
      const found = this.#answers?.get(key, revision.fresh);
      if (found) return this.#send(found, request, reply);
    }
    const asked = revision.current(doubts ? 0 : revision.within);
    void unless(signalOf(request, reply, deadline), asked).then(answer, () => go('miss'));
  }

  #keyOf(request: FastifyRequest): string | undefined {
    const { document, asked, method, headers } = request;
    if (!this.#answers || document === undefined) return undefined;
    const { 'cache-control': wish } = headers;
    if (wish !== undefined && /\bno-store\b/i.test(wish)) return undefined;
    const accept = becomesCsv(request) ? 'text/csv' : (headers.accept ?? '');
    const type = method === 'GET' ? headers['content-type'] : undefined;
    return keyOf(document, asked, [method, type ?? '', accept], this.#classOf(request));
  }

  #classOf(request: FastifyRequest): string {
    return classOf(request.account.caller);
  }

  #addressOf(key: string, revision: string): string {
    return digest((this.#fingerprint ??= this.parts.fingerprint()), revision, key);
  }

  /** An answer of this revision: kept here, or by another server, or by the caller, who is told that it is still right. */
  async #find(
    key: string,
    revision: string,
    condition: string | undefined,
  ): Promise<Found | undefined> {
    const kept = this.#answers?.get(key, revision);
    if (kept) return kept;
    const address = this.#addressOf(key, revision);
    if (names(condition, etagOf(address))) return { revision, address };
    const shared = await this.parts.shared?.get(address, revision);
    if (shared) this.#answers?.set(key, shared);
    return shared;
  }

  #send(found: Found, request: FastifyRequest, reply: FastifyReply): void {
    request.standing = { status: 'hit', revision: found.revision };
    // Whoever only asks whether his answer is right may say what it is called; its key has made sure that it is a name.
    const name = request.asked.operationName as string | null | undefined;
    const { operation = name ?? undefined, cost }: Partial<Kept> = found;
    Object.assign(request.account, { operation, cost });
    const etag = etagOf(found.address);
    this.#describe(reply, request, etag);
    if (!('body' in found) || names(request.headers['if-none-match'], etag)) {
      void reply.code(304).send();
      return;
    }
    void reply
      .header('age', Math.max(0, Math.floor((steadyNow() - found.at) / 1_000)))
      .header('content-type', found.type)
      .send(found.body);
  }

  #keep(standing: Standing, request: FastifyRequest, reply: FastifyReply, payload: unknown): void {
    const { key, revision, good } = standing;
    const whole = good && typeof payload === 'string' && reply.statusCode === 200;
    if (!whole || key === undefined || revision === undefined) {
      this.#describe(reply, request);
      return;
    }
    const address = this.#addressOf(key, revision);
    const type = String(reply.getHeader('content-type'));
    const { operation, cost } = request.account;
    const body = asHit(payload);
    const kept = { revision, address, type, body, at: steadyNow(), operation, cost };
    this.#answers?.set(key, kept);
    this.parts.shared?.set(kept);
    this.#describe(reply, request, etagOf(address));
  }

  /** The headers of every answer. Who keeps one has to ask whether it still is right; one without a name is not kept. */
  #describe(reply: FastifyReply, request: FastifyRequest, etag?: string): void {
    const { standing } = request;
    if (!standing) return;
    const open = this.#classOf(request) === everyone ? '' : 'private, ';
    const vary = reply.getHeader('vary');
    void reply
      .header('x-yuntu-cache', standing.status)
      .header('vary', vary === undefined ? 'accept' : `${String(vary)}, accept`);
    if (etag) void reply.header('etag', etag).header('cache-control', `${open}no-cache`);
    else if (
      standing.good !== undefined ||
      (reply.statusCode >= 400 && !reply.hasHeader('cache-control'))
    )
      void reply.header('cache-control', 'no-store');
    if (standing.revision !== undefined)
      void reply.header('x-yuntu-revision', revisionTag(standing.revision));
  }
}

/** An answer, or only its name where the caller has it. */
type Found = Kept | Pick<Kept, 'revision' | 'address'>;
