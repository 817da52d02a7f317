import type { GraphQLFormattedError } from 'graphql';

/** In the locked profile nothing is said that would tell the schema to who does not know it. */
export function withoutGuesses({
  message,
  extensions,
  ...rest
}: GraphQLFormattedError): GraphQLFormattedError {
  const { didYouMean: _, ...others } = extensions ?? {};
  return { ...rest, message: message.replace(/ ?Did you mean .*?\?/g, ''), extensions: others };
}
