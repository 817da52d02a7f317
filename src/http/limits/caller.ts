import { isIP, isIPv6 } from 'node:net';
import type { FastifyRequest } from 'fastify';
import { bearerOf, type Bearer, type Token } from '../token';

/** Who asks: what is counted for one caller is counted under `id`. */
export interface Caller {
  readonly id: string;
  /** The network of 48 bits that an address of IPv6 is in: a household may have 65,536 of 64 bits there. */
  readonly site?: string;
  /** Whether the limits of a caller hold: for all but one's own tools on this machine. */
  readonly limited: boolean;
  /** What the request bears to say who it is. */
  readonly bearer: Bearer;
}

const loopback = /^(127\.|::1$|::ffff:127\.)/;

/** What proxies add to a request, one or another of them: one's own tools on this machine send none of it. */
const addedByProxies = [
  'x-forwarded-for',
  'forwarded',
  'via',
  'x-real-ip',
  'x-forwarded-host',
  'x-forwarded-proto',
  'cf-connecting-ip',
];

/**
 * The caller of a request, by token where it bears a known one, else by address. A call from this machine that was forwarded by a proxy which is not trusted
 * comes from elsewhere: all such callers are one.
 */
export function callerOf(request: FastifyRequest, tokens: readonly Token[]): Caller {
  const { ip, headers } = request;
  const bearer = bearerOf(headers.authorization, tokens);
  return {
    ...(typeof bearer === 'string' ? placeOf(addressIn(ip)) : { id: `token ${bearer.name}` }),
    limited: !loopback.test(ip) || addedByProxies.some((name) => headers[name] !== undefined),
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

/** The address within what a proxy wrote down, which may bear a port or brackets; undefined where it is none. */
function addressIn(written: string | undefined = ''): string | undefined {
  const [, inside = written] =
    /^\[([^\]]*)\](?::\d+)?$/.exec(written) ?? /^([\d.]+):\d+$/.exec(written) ?? [];
  return isIP(inside) ? inside : undefined;
}

/**
 * An address; of IPv6 the network of 64 bits, which is what one household has. However it is written (a proxy may write
 * it in full), it is the same. All whose address nobody knows are one.
 */
function placeOf(ip: string | undefined): Pick<Caller, 'id' | 'site'> {
  if (ip === undefined) return { id: 'unknown' };
  if (!isIPv6(ip)) return { id: ip };
  // Written by the rules of addresses in the web: no leading noughts, the longest gap left out.
  const written = new URL(`http://[${ip.split('%', 1)[0]}]/`).hostname.slice(1, -1);
  const inside = /^::ffff:([\da-f]+):([\da-f]+)$/.exec(written);
  if (inside) {
    const [high = 0, low = 0] = inside.slice(1).map((part) => parseInt(part, 16));
    return { id: [high >> 8, high & 255, low >> 8, low & 255].join('.') };
  }
  const [head = '', tail] = written.split('::');
  const front = head.split(':').filter(Boolean);
  const back = tail?.split(':').filter(Boolean) ?? [];
  const gap = tail === undefined ? 0 : 8 - front.length - back.length;
  const groups = [...front, ...Array<string>(gap).fill('0'), ...back];
  return {
    id: `${groups.slice(0, 4).join(':')}::/64`,
    site: `${groups.slice(0, 3).join(':')}::/48`,
  };
}
