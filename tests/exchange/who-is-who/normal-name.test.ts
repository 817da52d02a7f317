import fc from 'fast-check';
import { slips } from '../../../src/exchange/who-is-who/near';
import { normalName } from '../../../src/exchange/who-is-who/normal-name';

// cspell:ignore Ａｃｍｅ
/** Which names are one, whatever they are written like. */
test.each([
  [
    'Acme',
    'ACME, Inc.',
    'Acme Inc',
    'acme incorporated',
    'Ａｃｍｅ　Ｌｔｄ．',
    'The Acme Company',
    'Acme & Co.',
  ],
  ['Société Générale', 'Societe Generale S.A.', 'SOCIETE GENERALE SA'],
  ['Müller', 'Muller GmbH & Co. KG', 'Müller AG'],
  ['华为', '华为集团', '华为有限公司', '华为 股份有限公司', '华为集团股份有限公司'],
  ['华为', '華為', '華為集團', '華為總公司'],
  ['台积电', '台積電', '台積電股份有限公司'],
  ['智谱', '智谱(有限公司)', '智谱（股份）有限公司'],
  ['トヨタ自動車', 'トヨタ自動車株式会社', 'ﾄﾖﾀ自動車株式会社'],
  ['Tokyo Electron', 'Tokyo Electron K.K.', 'tokyo-electron'],
  ['01.AI', '01 AI', '01.ai Inc.'],
])('%s', (...names) => {
  expect([...new Set(names.map(normalName))]).toEqual([normalName(names[0])]);
});

test.each([
  ['Company', 'Inc.'],
  ['GPT-4', 'GPT-4o'],
  ['ガス', 'カス'],
  ['有限公司', '集团'],
  ['Alpha', 'Alpha Beta'],
])('%s is not %s', (a, b) => {
  expect(normalName(a)).not.toBe(normalName(b));
  expect(normalName(a)).not.toBe('');
});

const name = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc
    .array(
      fc.constantFrom(
        'Acme',
        'the',
        'Inc.',
        'S.A.',
        '&',
        'Co',
        'é',
        '华为',
        '公司',
        '公',
        '司',
        '集团',
        '集團',
        '後臺',
        '株式会社',
        ' ',
        'GmbH',
      ),
      { maxLength: 7 },
    )
    .map((words) => words.join(' ')),
);

test('a normal name is its own normal name, in any case and width', () => {
  fc.assert(
    fc.property(name, (text) => {
      const once = normalName(text);
      expect(normalName(once)).toBe(once);
      expect(normalName(text.normalize('NFKC'))).toBe(once);
      expect(normalName(` ${text}\t`)).toBe(once);
    }),
    { numRuns: 2_000 },
  );
});

test('slips are those that comparing all with all finds, each once', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '1'), minLength: 4, maxLength: 9 });
  fc.assert(
    fc.property(fc.uniqueArray(letters, { maxLength: 25 }), (names) => {
      const expected: string[] = [];
      for (const [i, a] of names.entries())
        for (const b of names.slice(i + 1)) if (isSlip(a, b)) expected.push([a, b].sort().join());
      const found = [...slips(names)].map(({ a, b }) => [names[a], names[b]].sort().join());
      expect(found.sort()).toEqual(expected.sort());
    }),
    { numRuns: 500 },
  );
});

/** Plainly: one letter more, less or other, or two swapped; no short names, no other numbers. */
function isSlip(a: string, b: string): boolean {
  if (a.length < 6 || b.length < 6) return false;
  if ((a.match(/\d+/g) ?? []).join(' ') !== (b.match(/\d+/g) ?? []).join(' ')) return false;
  const near = new Set<string>();
  for (let i = 0; i <= a.length; i++) {
    near.add(a.slice(0, i) + a.slice(i + 1));
    near.add(a.slice(0, i) + (a[i + 1] ?? '') + (a[i] ?? '') + a.slice(i + 2));
    for (const letter of 'ab1') {
      near.add(a.slice(0, i) + letter + a.slice(i));
      near.add(a.slice(0, i) + letter + a.slice(i + 1));
    }
  }
  return a !== b && near.has(b);
}
