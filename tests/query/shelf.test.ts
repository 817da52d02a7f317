import { Shapes, shelfOf } from '../../src/query/plan';

const plan = (text: string) => () => text;

test('plans of all operations together take no more than the shelf holds; who was asked for longest ago is made anew', () => {
  const shelf = shelfOf<string>(1_000, (text) => text.length);
  const [one, other] = [new Shapes(shelf), new Shapes(shelf)];
  one.get({}, plan('a'.repeat(300)));
  other.get({}, plan('b'.repeat(300)));
  // Of the same shape, and yet each has its own.
  expect(one.get({}, plan('new'))).toBe('a'.repeat(300));
  other.get({ $skip: true }, plan('c'.repeat(300)));
  expect(shelf.calculatedSize).toBeLessThanOrEqual(1_000);
  for (let at = 0; at < 20; at++) new Shapes(shelf).get({}, plan('d'.repeat(300)));
  expect(shelf.calculatedSize).toBeLessThanOrEqual(1_000);
  expect(one.get({}, plan('new'))).toBe('new');
});

test('a plan that holds nothing is kept like any other', () => {
  const shapes = new Shapes(shelfOf<null>(1_000, () => 100));
  let made = 0;
  const make = () => (made++, null);
  for (let at = 0; at < 3; at++) expect(shapes.get({}, make)).toBeNull();
  expect(made).toBe(1);
});
