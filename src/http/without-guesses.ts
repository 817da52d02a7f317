import type { GraphQLFormattedError } from 'graphql';
import type { Note } from '../query/notes';
import type { Result } from '../query/execute';

/** In the locked profile nothing is said that would tell the schema to who does not know it. */
export function withoutGuesses({
  message,
  extensions,
  ...rest
}: GraphQLFormattedError): GraphQLFormattedError {
  const { didYouMean: _, ...others } = extensions ?? {};
  return { ...rest, message: message.replace(/ ?Did you mean .*?\?/g, ''), extensions: others };
}

/** The same for what an answer notes: that a key exists nowhere is told, those near it are not. */
export function withoutNearKeys(result: Result): Result {
  const notes = result.extensions?.notes as readonly Note[] | undefined;
  if (!notes) return result;
  const told = notes.map((each) => ({ ...each, didYouMean: [] }));
  return { ...result, extensions: { ...result.extensions, notes: told } };
}
