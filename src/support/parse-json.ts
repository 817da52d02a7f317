/** Texts, which are passed over, and whole numbers that may be more than a number of JavaScript can hold. */
const tokens = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * Reads JSON. A whole number that would lose its last digits, such as an id of 19 digits, becomes a text, so that it
 * stays what it is.
 * @throws SyntaxError where it is no JSON
 */
export function parseJson(text: string): unknown {
  if (!/\d{16}/.test(text)) return JSON.parse(text);
  return JSON.parse(
    text.replace(tokens, (token) =>
      /^-?\d{16,}$/.test(token) && !Number.isSafeInteger(Number(token)) ? `"${token}"` : token,
    ),
  );
}
