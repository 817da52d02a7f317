/**
 * A cell that no spreadsheet takes for a formula: a text that begins with `=`, `+`, `-`, `@`, a tab or a line end gets an
 * apostrophe before it (OWASP, "CSV Injection"). Numbers are no texts, and stay.
 */
export function defused<T>(cell: T): T | string {
  return typeof cell === 'string' && /^[=+\-@\t\r\n]/.test(cell) ? `'${cell}` : cell;
}
