import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { parse, validate, type GraphQLSchema } from 'graphql';
import { isObject } from '../../support/is-object';

/** Documents by identifier: what `documentId` may name. */
export type TrustedDocuments = ReadonlyMap<string, string>;

/** Everything that is wrong with the documents, told at once. */
export class DocumentFaults extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`The trusted documents have faults:\n${faults.map((each) => `  ${each}`).join('\n')}`);
    this.name = 'DocumentFaults';
  }
}

/** The identifier that every document has: `sha256:` and the hash of its text. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/**
 * Reads documents from a folder (each `.graphql` file is one, named after the file) or from a manifest: a JSON object of
 * identifiers and texts, or Apollo's, with `operations`. Each can also be named by `sha256:` and the hash of its text.
 * @throws DocumentFaults that tell every text that does not fit the schema, and every identifier given twice
 */
export function loadDocuments(path: string, schema: GraphQLSchema): TrustedDocuments {
  const faults: string[] = [];
  const documents = new Map<string, string>();
  for (const [id, text] of read(path, faults)) {
    if (!/^(sha256:[\da-f]{64}|x-[\w.~-]+:[\w.~-]+|[\w.~-]+)$/.test(id))
      faults.push(`"${id}" is no identifier: letters, digits, "-", ".", "_" and "~" are.`);
    else if (id.startsWith('sha256:') && id !== `sha256:${hashOf(text)}`)
      faults.push(`"${id}" is not the hash of its text, which is "sha256:${hashOf(text)}".`);
    else if (documents.has(id) && documents.get(id) !== text)
      faults.push(`"${id}" names two documents.`);
    const wrong = faultOf(text, schema);
    if (wrong) faults.push(`"${id}": ${wrong}`);
    documents.set(id, text);
    documents.set(`sha256:${hashOf(text)}`, text);
  }
  if (!faults.length && !documents.size) faults.push(`"${path}" has no document.`);
  if (faults.length) throw new DocumentFaults(faults);
  return documents;
}

function faultOf(text: string, schema: GraphQLSchema): string | undefined {
  try {
    return validate(schema, parse(text))[0]?.message;
  } catch (error) {
    return (error as Error).message;
  }
}

function read(path: string, faults: string[]): (readonly [id: string, text: string])[] {
  try {
    if (!statSync(path).isDirectory()) return fromManifest(readFileSync(path, 'utf8'), path);
    return readdirSync(path, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(graphql|gql)$/.test(name))
      .sort()
      .map((name) => [
        basename(name).replace(/\.\w+$/, ''),
        readFileSync(join(path, name), 'utf8'),
      ]);
  } catch (error) {
    faults.push(`"${path}" cannot be read: ${(error as Error).message}.`);
    return [];
  }
}

function fromManifest(json: string, path: string): (readonly [string, string])[] {
  const manifest = JSON.parse(json) as unknown;
  if (!isObject(manifest)) throw new Error('it is no JSON object');
  const { operations } = manifest;
  const entries = Array.isArray(operations)
    ? (operations as { id: unknown; body: unknown }[]).map(({ id, body }) => [id, body])
    : Object.entries(manifest);
  return entries.map(([id, text]) => {
    if (typeof id !== 'string' || typeof text !== 'string')
      throw new Error(`an entry of ${relative(process.cwd(), path)} is no identifier with a text`);
    return [id, text];
  });
}
