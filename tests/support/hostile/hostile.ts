/** What a caller sends to hurt the server, and how it is refused. */
export interface Hostile {
  readonly name: string;
  /**
   * Sends it; gives the answer's status and code.
   * @param comment stands before the document, where there is one: with another each time, the server has never seen it
   */
  readonly send: (url: string, comment?: string) => Promise<Refused>;
  readonly status: number;
  readonly code?: string;
}

export interface Refused {
  readonly status: number;
  readonly code?: string;
}

export const times = <T>(count: number, each: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => each(index));

/** Text in which an opening is written so many times, and its closing as often. */
export const nested = (count: number, open: string, core: string, close: string): string =>
  open.repeat(count) + core + close.repeat(count);

/**
 * Posts a body; the headers are what an ordinary client sends. A server that refuses a large body hangs up while it is
 * being sent, which some clients hear before the answer: then it is sent again.
 */
export async function post(
  url: string,
  body: string | Buffer,
  headers: Record<string, string> = {},
  tries = 60,
): Promise<Refused> {
  try {
    return await readRefusal(
      await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
      }),
    );
  } catch (error) {
    if (!tries) throw error;
    await new Promise((resolve) => setTimeout(resolve, 25));
    return post(url, body, headers, tries - 1);
  }
}

export async function readRefusal(reply: Response): Promise<Refused> {
  const text = await reply.text();
  try {
    const { errors } = JSON.parse(text) as {
      errors?: readonly { readonly extensions?: { readonly code?: string } }[];
    };
    return { status: reply.status, code: errors?.[0]?.extensions?.code };
  } catch {
    return { status: reply.status };
  }
}

/** A document with variables, refused with a code. */
export function document(
  name: string,
  query: string,
  code: string,
  variables?: unknown,
  status = 400,
): Hostile {
  return {
    name,
    status,
    code,
    send: (url, comment = '') => post(url, JSON.stringify({ query: comment + query, variables })),
  };
}
