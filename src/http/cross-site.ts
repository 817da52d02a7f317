import cors from '@fastify/cors';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { refusal } from './limits/refusal';
import { step } from './step';

/**
 * Keeps pages of other sites out: browsers say where a page comes from. What they send without asking first, such as
 * `text/plain`, is read as no operation either. `origins` are let in.
 */
export function keepToSite(app: FastifyInstance, origins: readonly string[]): void {
  if (origins.length)
    void app.register(cors, {
      origin: [...origins],
      methods: ['GET', 'POST'],
      exposedHeaders: [
        'x-request-id',
        'ratelimit',
        'ratelimit-policy',
        'retry-after',
        'etag',
        'age',
      ],
      maxAge: 600,
    });
  step(app, 'onRequest', (request) => {
    if (request.method === 'OPTIONS') return;
    const { origin } = request.headers;
    if (origin !== undefined && origins.includes(origin)) return;
    if (isForeign(request))
      throw refusal('FORBIDDEN', 403, 'Pages of other sites may not ask here.', {
        hint: 'The setting YUNTU_ORIGINS lets a site in.',
      });
  });
}

/** What browsers say that they want for a picture, a film, a sound, a font or a style sheet of a page. */
const forPages = /^(image|video|audio|font)\/|^text\/css/;

/** Whether a browser says that a page of another site asks; a link that was followed to a page here is none. */
function isForeign({ headers, method, routeOptions, host }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) {
    if (site === 'same-origin' || site === 'none') return false;
    const followed =
      method === 'GET' &&
      headers['sec-fetch-mode'] === 'navigate' &&
      // However the address is written: "/graph%71l" is the same.
      routeOptions.url !== '/graphql';
    return !followed;
  }
  // Older browsers name only the origin, and none for what is part of a page: of ours, no part is under these addresses.
  const { origin, accept = '' } = headers;
  if (origin !== undefined) return origin.replace(/^https?:\/\//, '') !== host;
  return forPages.test(accept) && routeOptions.url?.startsWith('/graph') === true;
}
