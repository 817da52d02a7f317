/** One variable of the environment: how it is read, what it is without, and what it means. */
export interface Setting<T> {
  readonly variable: string;
  readonly meaning: string;
  readonly example: string;
  readonly default: T;
  /** Undefined where the text is not what it should be. */
  readonly parse: (text: string) => T | undefined;
  readonly secret?: boolean;
}

export const setting = <T>(one: Setting<T>): Setting<T> => one;

/** Reads a whole number between two bounds. */
export const whole =
  (least: number, most: number) =>
  (value: string): number | undefined =>
    /^\d+$/.test(value) && Number(value) >= least && Number(value) <= most
      ? Number(value)
      : undefined;
