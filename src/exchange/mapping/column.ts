/** What is known of a column of a file that a mapping is drafted for. */
export interface Column {
  readonly name: string;
  readonly words: readonly string[];
  /** What stands there in the sample, each once, without what is empty. */
  readonly values: readonly string[];
  /** Whether every row has a value of its own there. */
  readonly whole: boolean;
  /** Whether most rows have. */
  readonly telling: boolean;
}
