/** A text without regard to case and width: NFKC, then lower case. What filters and orders compare. */
export function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
