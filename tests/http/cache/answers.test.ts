import fc from 'fast-check';
import { Revision } from '../../../src/graph/revision';
import { Answers } from '../../../src/http/cache/answers';
import { names } from '../../../src/http/cache/etag';
import { keyOf } from '../../../src/http/cache/key';
import { settle, type Standing } from '../../../src/http/cache/standing';

const kept = (revision: string, bytes: number) => ({
  revision,
  address: 'a',
  type: 'application/json',
  body: Buffer.alloc(bytes),
  at: 0,
});

test('answers never take more bytes than allowed; who was asked for longest ago leaves first', () => {
  const action = fc.record({ set: fc.boolean(), key: fc.nat(12), bytes: fc.nat(3_000) });
  fc.assert(
    fc.property(fc.array(action, { maxLength: 200, size: 'max' }), (actions) => {
      const limit = 16_000;
      const answers = new Answers(limit);
      // The same, kept as a plain list: the one asked for last at the end.
      let plain: { key: string; bytes: number }[] = [];
      const size = (each: { key: string; bytes: number }) => each.bytes + 2 * each.key.length + 500;
      for (const { set, key: number, bytes } of actions) {
        const key = `key ${number}`;
        const old = plain.find((each) => each.key === key);
        if (set) {
          answers.set(key, kept('r', bytes));
          plain = plain.filter((each) => each !== old);
          // One that takes more than an eighth is not kept, and what stood there is out of date.
          if (size({ key, bytes }) <= limit / 8) plain.push({ key, bytes });
          while (plain.reduce((sum, each) => sum + size(each), 0) > limit) plain.shift();
        } else {
          expect(answers.get(key, 'r')?.body.length).toBe(old?.bytes);
          if (old) plain = [...plain.filter((each) => each !== old), old];
        }
        expect(answers.size).toBe(plain.reduce((sum, each) => sum + size(each), 0));
        expect(answers.size).toBeLessThanOrEqual(limit);
      }
    }),
  );
});

test('an answer is given for its own revision only', () => {
  const answers = new Answers(100_000);
  answers.set('key', kept('r1', 10));
  expect(answers.get('key', 'r1')).toBeDefined();
  expect(answers.get('key', 'r2')).toBeUndefined();
});

test('two requests have one key only where they are the same question', () => {
  const text = fc.constantFrom('', '{}', 'a', '\n', '{}\na', 'POST', '{"a":1}');
  const question = fc.record({
    document: text,
    operationName: fc.option(text),
    variables: fc.dictionary(fc.constantFrom('a', 'b'), text),
    accept: text.filter((value) => !value.includes('\n')),
    caller: fc.constantFrom('everyone', 'curator'),
    method: fc.constantFrom('GET', 'POST'),
  });
  const of = (each: typeof question extends fc.Arbitrary<infer T> ? T : never) =>
    keyOf(each.document, each, [each.method, each.accept], each.caller);
  const plain = ({ variables, operationName, ...rest }: Parameters<typeof of>[0]) => ({
    ...rest,
    operationName,
    variables: Object.entries(variables).sort(),
  });
  const fields = ['document', 'operationName', 'variables', 'accept', 'caller', 'method'] as const;
  fc.assert(
    fc.property(question, question, fc.subarray([...fields]), (a, other, taken) => {
      const b = { ...a, ...Object.fromEntries(taken.map((name) => [name, other[name]])) };
      const [one, two] = [of(a), of(b)];
      if (one === undefined || two === undefined) return;
      expect(one === two).toBe(JSON.stringify(plain(a)) === JSON.stringify(plain(b)));
    }),
    { numRuns: 5_000 },
  );
});

test('what no answer can be given to has no key', () => {
  const form = ['POST', ''];
  expect(keyOf('{ a }', { variables: [] }, form, 'everyone')).toBeUndefined();
  expect(keyOf('{ a }', { variables: { a: Infinity } }, form, 'everyone')).toBeUndefined();
  expect(keyOf('{ a }', { operationName: 'a b' }, form, 'everyone')).toBeUndefined();
  expect(keyOf('{ a }', {}, ['POST', 'x'.repeat(300)], 'everyone')).toBeUndefined();
  let deep: object = {};
  for (let level = 0; level < 100_000; level++) deep = { deep };
  expect(keyOf('{ a }', { variables: deep }, form, 'everyone')).toBeUndefined();
});

test.each([
  ['W/"a"', true],
  ['"a"', true],
  ['"b", W/"a"', true],
  ['"ab"', false],
  ['W/"b"', false],
  [undefined, false],
])('If-None-Match %s names W/"a": %s', (header, named) => {
  expect(names(header, 'W/"a"')).toBe(named);
});

describe('the revision of an answer', () => {
  const at = (bookmark: string) => {
    const revision = new Revision(() => Promise.resolve(), 1_000);
    revision.saw(bookmark, revision.begin());
    return revision;
  };
  const settled = (
    standing: Standing,
    revision: Revision,
    outcome: { readonly changes: boolean; readonly whole: boolean },
  ) => {
    settle(standing, revision, outcome);
    return standing;
  };

  test('is the one of its beginning where that is still known; else it has none, and is not kept', () => {
    const outcome = { changes: false, whole: true };
    expect(settled({ status: 'miss', before: 'r1' }, at('r1'), outcome)).toMatchObject({
      revision: 'r1',
      good: true,
    });
    expect(settled({ status: 'miss', before: 'r1' }, at('r2'), outcome)).toMatchObject({
      good: false,
    });
    const unknown = new Revision(() => Promise.resolve(), 1_000);
    expect(settled({ status: 'miss' }, unknown, outcome)).toMatchObject({ good: false });
  });

  test('of a change is the one after it, and no change is kept', () => {
    expect(
      settled({ status: 'miss', before: 'r1' }, at('r2'), { changes: true, whole: true }),
    ).toMatchObject({ status: 'off', revision: 'r2', good: false });
  });

  test('an answer with a fault is not kept', () => {
    expect(
      settled({ status: 'miss', before: 'r1' }, at('r1'), { changes: false, whole: false }),
    ).toMatchObject({ good: false });
  });
});
