import { breakingFaults } from '../../scripts/breaking-changes';

const released = 'type Query { a: Int, b: String }';

test('what is added breaks nobody', () => {
  expect(breakingFaults(released, 'type Query { a: Int, b: String, c: Int }', [])).toEqual([]);
});

test('what is removed is told, unless it is marked with a reason', () => {
  const current = 'type Query { a: Int }';
  const change = 'Query.b was removed.';
  expect(breakingFaults(released, current, [])).toEqual([expect.stringContaining(change)]);
  expect(breakingFaults(released, current, [{ change, reason: '' }])).toHaveLength(1);
  expect(breakingFaults(released, current, [{ change, reason: 'Nobody had it.' }])).toEqual([]);
});

test('a mark without a change is told', () => {
  expect(
    breakingFaults(released, released, [{ change: 'Query.b was removed.', reason: 'x' }]),
  ).toEqual(['In schema/breaking.yaml, and no change: Query.b was removed.']);
});
