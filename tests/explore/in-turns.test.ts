import { inTurns } from '../../src/explore/peers/in-turns';

/** Work of a few milliseconds. */
function toil(thing: number): number {
  const end = performance.now() + 10;
  while (performance.now() < end);
  return thing * 2;
}

test('between things that take long others have their turn, and the answers stand in order', async () => {
  const order: string[] = [];
  const work = inTurns([1, 2, 3], undefined, (thing) => {
    order.push(`work ${thing}`);
    return toil(thing);
  });
  setImmediate(() => order.push('another'));
  expect(await work).toEqual([2, 4, 6]);
  expect(order[0]).toBe('work 1');
  expect(order.indexOf('another')).toBeLessThan(order.indexOf('work 3'));
});

test('when whoever asked has gone nothing more is worked out', async () => {
  const gone = new AbortController();
  const done: number[] = [];
  const work = inTurns([1, 2, 3], gone.signal, (thing) => {
    done.push(thing);
    return toil(thing);
  });
  gone.abort(new Error('gone'));
  await expect(work).rejects.toThrow('gone');
  expect(done).toEqual([1]);
});
