/** A text without what XML 1.0 and its kin have no way to write: control characters and halves of characters. */
export function printable(text: string): string {
  return text.replace(
    /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
    '\ufffd',
  );
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;',
};

/** A value as it stands in XML, in an element or an attribute; what XML cannot hold becomes U+FFFD. */
export function xml(value: string | number): string {
  return printable(String(value)).replace(
    /[&<>"\n\r\t]/g,
    (character) => entities[character] as string,
  );
}
