/** Tells the one who waits; answers and tables go elsewhere. */
export const say = (message: string): void => void process.stderr.write(`${message}\n`);
