import { isIPv6 } from 'node:net';
import type { FastifyRequest } from 'fastify';
import { bearerOf, type Bearer, type Token } from '../token';

/** Who asks: what is counted for one caller is counted under `id`. */
export interface Caller {
  readonly id: string;
  /** Whether the limits of a caller hold: for all but one's own tools on this machine. */
  readonly limited: boolean;
  /** What the request bears to say who it is. */
  readonly bearer: Bearer;
}

const loopback = /^(127\.|::1$|::ffff:127\.)/;

/**
 * The caller of a request, by token where it bears a known one, else by address. A call from this machine that was forwarded by a proxy which is not trusted
 * comes from elsewhere: all such callers are one.
 */
export function callerOf(request: FastifyRequest, tokens: readonly Token[]): Caller {
  const { ip } = request;
  const forwarded = request.headers['x-forwarded-for'] ?? request.headers.forwarded;
  const bearer = bearerOf(request.headers.authorization, tokens);
  return {
    id: typeof bearer === 'string' ? network(ip) : `token ${bearer.name}`,
    limited: !loopback.test(ip) || forwarded !== undefined,
    bearer,
  };
}

/** The class of callers that see the same: what a curator is told, others are not. */
export function classOf(caller: Caller): string {
  return curatorOf(caller) === undefined ? everyone : 'curator';
}

/** The name of the curator that a caller is; undefined where it is none. */
export function curatorOf({ bearer }: Caller): string | undefined {
  return typeof bearer !== 'string' && bearer.roles.includes('curator') ? bearer.name : undefined;
}

/** The class of all who have no role that shows more. */
export const everyone = 'everyone';

/**
 * An address; of IPv6 the network of 64 bits, which is what one household has. However it is written (a proxy may write
 * it in full), it is the same.
 */
function network(ip: string): string {
  if (!isIPv6(ip)) return ip;
  // Written by the rules of addresses in the web: no leading noughts, the longest gap left out.
  const written = new URL(`http://[${ip.split('%', 1)[0]}]/`).hostname.slice(1, -1);
  const inside = /^::ffff:([\da-f]+):([\da-f]+)$/.exec(written);
  if (inside) {
    const [high = 0, low = 0] = inside.slice(1).map((part) => parseInt(part, 16));
    return [high >> 8, high & 255, low >> 8, low & 255].join('.');
  }
  const [head = '', tail] = written.split('::');
  const front = head.split(':').filter(Boolean);
  const back = tail?.split(':').filter(Boolean) ?? [];
  const gap = tail === undefined ? 0 : 8 - front.length - back.length;
  return [...front, ...Array<string>(gap).fill('0'), ...back].slice(0, 4).join(':') + '::/64';
}
