import { Lexer, Source, TokenKind, type Token } from 'graphql';
import { tooMuch } from '../refusal';
import type { Limits } from '../table';

/** Brackets within brackets that the parser, which is recursive, is trusted with. */
export const deepest = 150;

const opening = new Set<string>([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const closing = new Set<string>([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

/**
 * Reads the tokens of a document without parsing it, so that whatever is parsed after it is short and shallow. What is
 * no GraphQL passes: the parser tells it better.
 */
export function checkTokens(text: string, limits: Limits): void {
  const lexer = new Lexer(new Source(text));
  let count = 0;
  let depth = 0;
  for (;;) {
    let token: Token;
    try {
      token = lexer.advance();
    } catch {
      return;
    }
    if (token.kind === TokenKind.EOF) return;
    if (++count > limits.maxTokens)
      throw tooMuch('Tokens of the document', count, limits.maxTokens);
    const length = token.end - token.start;
    if (length > limits.maxString)
      throw tooMuch(
        `Characters of the ${token.kind} in line ${token.line}`,
        length,
        limits.maxString,
      );
    if (opening.has(token.kind)) {
      if (++depth > deepest) throw tooMuch('Brackets within brackets', depth, deepest);
    } else if (closing.has(token.kind)) depth--;
  }
}
