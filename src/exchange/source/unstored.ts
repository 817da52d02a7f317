import { unzipSync } from 'fflate';

/**
 * Cells of a workbook's sheet that hold a formula without its value, as programs leave them that write workbooks without
 * working them out. They read as if they were empty.
 * @param sheet its name, or its number from 1
 * @returns by the number of the row: their names, such as B2
 */
export function unstoredFormulas(
  workbook: Uint8Array,
  sheet: string | number,
): ReadonlyMap<number, readonly string[]> {
  const text = (name: string): string => {
    const { [name]: part } = unzipSync(workbook, { filter: (each) => each.name === name });
    return part ? Buffer.from(part).toString('utf8') : '';
  };
  const found = new Map<number, string[]>();
  for (const { attributes, inner } of elements(text(partOf(text, sheet)), 'c')) {
    if (!/<(?:\w+:)?f[\s/>]/.test(inner) || attribute(attributes, 't') === 'str') continue;
    const value = [...elements(inner, 'v')][0];
    if (value?.inner) continue;
    const name = attribute(attributes, 'r') ?? '';
    const row = Number(/\d+$/.exec(name)?.[0]);
    found.set(row, [...(found.get(row) ?? []), name]);
  }
  return found;
}

/** Where a workbook keeps a sheet: its parts are named by relationships. */
function partOf(text: (name: string) => string, sheet: string | number): string {
  const sheets = [...elements(text('xl/workbook.xml'), 'sheet')].map((each) => each.attributes);
  const asked =
    typeof sheet === 'number'
      ? sheets[sheet - 1]
      : sheets.find((each) => unescaped(attribute(each, 'name') ?? '') === sheet);
  const id = asked && attribute(asked, 'r:id');
  const target = [...elements(text('xl/_rels/workbook.xml.rels'), 'Relationship')]
    .map((each) => each.attributes)
    .find((each) => attribute(each, 'Id') === id);
  const path = (target && attribute(target, 'Target')) ?? '';
  return path.startsWith('/') ? path.slice(1) : `xl/${path}`;
}

/** The elements of that name, which hold none of their own kind. */
function* elements(
  xml: string,
  name: string,
): Generator<{ readonly attributes: string; readonly inner: string }> {
  const opened = new RegExp(`<(\\w+:)?${name}((?:\\s[^>]*?)?)(/?)>`, 'g');
  for (const { 0: tag, 1: prefix = '', 2: attributes = '', 3: closed, index } of xml.matchAll(
    opened,
  )) {
    const from = index + tag.length;
    const to = closed ? from : xml.indexOf(`</${prefix}${name}>`, from);
    yield { attributes, inner: xml.slice(from, Math.max(from, to)) };
  }
}

const attribute = (attributes: string, name: string): string | undefined =>
  new RegExp(`\\s${name}\\s*=\\s*["']([^"']*)["']`).exec(attributes)?.[1];

// cspell:ignore apos rels
const unescaped = (text: string): string =>
  text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&apos;/g, "'")
    .replace(/&amp;/g, '&');
