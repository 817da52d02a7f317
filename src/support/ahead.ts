/** Asks for the next piece while the one before is being worked on: one piece ahead, never more. */
export async function* ahead<T>(pieces: AsyncGenerator<T>): AsyncGenerator<T> {
  let next = pieces.next();
  try {
    for (;;) {
      const piece = await next;
      if (piece.done) return;
      next = pieces.next();
      // Told when it is waited for; until then it is no rejection that nobody handles.
      next.catch(() => {});
      yield piece.value;
    }
  } finally {
    await pieces.return(undefined).catch(() => {});
  }
}
