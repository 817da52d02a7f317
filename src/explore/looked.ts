/** The completeness of an answer from which nothing is missing but for one reason, if there is one. */
export function lookedAt(returned: number, total: number, cut: string | null) {
  return {
    returned,
    total: cut === null ? total : null,
    truncated: cut !== null,
    reason: cut,
  };
}
