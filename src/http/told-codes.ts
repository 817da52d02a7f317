import type { FastifyInstance } from 'fastify';
import { codes, type Code } from '../errors';

/** Notes in the account of each request the codes of the errors that its answer tells, whoever has written it. */
export function noteCodes(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    // What belongs to a route itself comes last, when the answer is as it is sent.
    route.onSend = [route.onSend ?? []].flat();
    route.onSend.push((request, _reply, payload, done) => {
      const told = codesIn(payload);
      if (told.length) request.account.codes = told;
      done(null, payload);
    });
  });
}

const known = new Set<string | undefined>(codes);

/** With what an answer that tells errors begins: Apollo Server and this server write them before the data. */
const head = '{"errors":';

/** The codes of the errors of an answer, one for each error that bears one; its data, which may be long, are not read. */
export function codesIn(answer: unknown): readonly Code[] {
  if (typeof answer !== 'string' || !answer.startsWith(head)) return [];
  const errors = JSON.parse(answer.slice(head.length, endOfList(answer, head.length))) as {
    readonly extensions?: { readonly code?: Code };
  }[];
  return errors.flatMap(({ extensions }) => {
    const code = extensions?.code;
    return code && known.has(code) ? [code] : [];
  });
}

/** Where the list of a JSON text ends that begins at `from`. */
function endOfList(json: string, from: number): number {
  const marks = /"[^"\\]*(?:\\.[^"\\]*)*"|[[\]]/g;
  marks.lastIndex = from;
  let depth = 0;
  for (const { 0: mark, index } of json.matchAll(marks)) {
    if (mark === '[') depth++;
    else if (mark === ']' && !--depth) return index + 1;
  }
  return json.length;
}
