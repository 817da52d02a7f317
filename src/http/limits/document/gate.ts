import { Kind, parse, type DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { tooMuch } from '../refusal';
import type { Limits } from '../table';
import { fragmentsOf } from './fragments';
import { Opened } from './opened';
import { repeats } from './repeats';
import { checkTokens } from './tokens';
import { checkWritten } from './written';

/**
 * Lets documents through that are small enough to be parsed, validated and planned: each text is looked at once, in
 * time linear in its length.
 */
export class DocumentGate {
  readonly #passed = new LRUCache<string, true>({
    maxSize: 16 * 1024 * 1024,
    sizeCalculation: (_, text) => 2 * text.length + 100,
  });

  constructor(readonly limits: Limits) {}

  /** @throws Fault `LIMIT_EXCEEDED`, status 400, that names what there is too much of */
  check(text: string): void {
    if (this.#passed.get(text)) return;
    checkTokens(text, this.limits);
    let document: DocumentNode;
    try {
      document = parse(text);
    } catch {
      // What is wrong with it, the server tells.
      return;
    }
    checkDocument(document, this.limits);
    this.#passed.set(text, true);
  }
}

/** The checks of a document that is parsed. */
function checkDocument(document: DocumentNode, limits: Limits): void {
  checkWritten(document, limits);
  const fragments = fragmentsOf(document);
  const opened = new Opened(fragments, limits);
  let total = 0;
  const roots = [];
  for (const each of document.definitions) {
    if (each.kind !== Kind.OPERATION_DEFINITION) continue;
    const { depth, fields, first } = opened.of(each.selectionSet);
    if (depth > limits.maxDepth) throw tooMuch('Levels of fields', depth, limits.maxDepth);
    if (first > limits.maxRootFields) throw tooMuch('Root fields', first, limits.maxRootFields);
    total += fields;
    roots.push(each.selectionSet);
  }
  // Validation reads the fragments that nobody spreads as well.
  for (const [name, { selectionSet }] of fragments) {
    if (opened.isSpread(name)) continue;
    total += opened.of(selectionSet).fields;
    roots.push(selectionSet);
  }
  if (total > limits.maxFields) throw tooMuch('Fields, fragments opened', total, limits.maxFields);
  const pairs = roots.reduce((sum, each) => sum + repeats([each], fragments), 0);
  if (pairs > limits.maxRepeats)
    throw tooMuch('Pairs of fields of one name at one place', pairs, limits.maxRepeats);
}
