import { newToken, parseTokens } from '../../src/http/token';
import { web, type Reply } from './web';
import type { Config } from '../../src/config';

const curator = newToken('mei', ['curator']);
const reader = newToken('lena', ['reader']);
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** Headers of a curator, of one who may only read, and of one whom the server does not know. */
export const as = {
  curator: bearer(curator.token),
  reader: bearer(reader.token),
  stranger: bearer('yuntu_nobody-gave-this-one-out'),
};

/** A web server that lets a curator in, and what the curator says to it. */
export async function curating(settings: Partial<Config> = {}) {
  const tokens = parseTokens([curator.entry, reader.entry].join(',')) ?? [];
  const server = await web({ tokens, ...settings });
  return {
    ...server,
    /** Changes something as the curator; the payload of the one field. */
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    async change(mutation: string, variables?: object): Promise<any> {
      const { body } = await server.post({ query: mutation, variables }, as.curator);
      if (body.errors) throw new Error(JSON.stringify(body.errors));
      return Object.values(body.data ?? {})[0];
    },
    /** Asks as anybody. */
    ask: async (query: string, variables?: object): Promise<Reply['body']> =>
      (await server.post({ query, variables })).body,
  };
}

export type Curating = Awaited<ReturnType<typeof curating>>;
