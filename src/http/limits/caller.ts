import { isIPv6 } from 'node:net';
import type { FastifyRequest } from 'fastify';

/** Who asks: what is counted for one caller is counted under `id`. */
export interface Caller {
  readonly id: string;
  /** Whether the limits of a caller hold: for all but one's own tools on this machine. */
  readonly limited: boolean;
}

const loopback = /^(127\.|::1$|::ffff:127\.)/;

/**
 * The caller of a request, by address. A call from this machine that was forwarded by a proxy which is not trusted
 * comes from elsewhere: all such callers are one.
 */
export function callerOf(request: FastifyRequest): Caller {
  const { ip } = request;
  const forwarded = request.headers['x-forwarded-for'] ?? request.headers.forwarded;
  return { id: network(ip), limited: !loopback.test(ip) || forwarded !== undefined };
}

/** An address; of IPv6 the network of 64 bits, which is what one household has. */
function network(ip: string): string {
  if (!isIPv6(ip) || ip.startsWith('::ffff:')) return ip.replace(/^::ffff:/, '');
  const [head = '', tail] = ip.split('::');
  const front = head.split(':').filter(Boolean);
  const back = tail?.split(':').filter(Boolean) ?? [];
  const gap = tail === undefined ? 0 : 8 - front.length - back.length;
  return [...front, ...Array<string>(gap).fill('0'), ...back].slice(0, 4).join(':') + '::/64';
}
