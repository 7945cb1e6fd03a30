/** A time to wait in words: `1 second`, `90 seconds`. */
export const inSeconds = (seconds: number): string => `${seconds} ${seconds === 1 ? 'second' : 'seconds'}`;
