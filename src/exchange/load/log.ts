import { deflateSync, inflateSync } from 'node:zlib';
import type { Columns } from './layers';

/** What a write did to the nodes of one noun: enough to take it back. Layers are those of the one dataset. */
export interface NodeLog {
  readonly noun: string;
  /** Keys of what had no layer of the dataset before. */
  readonly created: string[];
  /** Keys and the layers that were there before. */
  readonly changed: [key: string, before: Columns][];
}

/** The same for relationships of one kind. */
export interface EdgeLog {
  readonly from: string;
  readonly type: string;
  readonly to: string;
  readonly created: [from: string, to: string][];
  readonly changed: [from: string, to: string, before: Columns][];
  /** Relationships that gave way to another, with what was stored of them. */
  readonly removed: [from: string, to: string, stored: Columns][];
}

export interface TieLog {
  readonly noun: string;
  readonly tied: [key: string, citation: string][];
  readonly untied: [key: string, citation: string][];
}

/** What one batch wrote. */
export interface WriteLog {
  readonly nodes: NodeLog[];
  readonly edges: EdgeLog[];
  readonly ties: TieLog[];
}

/** The log of a batch that has written nothing so far. */
export const emptyLog = (): WriteLog => ({ nodes: [], edges: [], ties: [] });

/** A log as bytes: a few kilobytes for a batch of thousands. */
export function packLog(log: WriteLog): Int8Array {
  const bytes = deflateSync(JSON.stringify(log), { level: 1 });
  return new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/**
 * The log that `packLog` made bytes of.
 * @throws Error where they are no such bytes
 */
export function unpackLog(bytes: Int8Array): WriteLog {
  return JSON.parse(
    inflateSync(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)).toString('utf8'),
  ) as WriteLog;
}
