/** Characters that XML 1.0 has no way to write. */
const impossible =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;',
};

/** A text as it stands in XML, in an element or an attribute; what XML cannot hold becomes U+FFFD. */
export function xml(text: string): string {
  return text
    .replace(impossible, '\ufffd')
    .replace(/[&<>"\n\r\t]/g, (character) => entities[character] as string);
}
