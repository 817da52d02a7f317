/** The time in milliseconds since 1970 as it was told when the process began: setting the clock does not move it. */
export const steadyNow = (): number => performance.timeOrigin + performance.now();
