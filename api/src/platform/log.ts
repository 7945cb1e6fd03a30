import { pino } from 'pino';

/** One line of JSON a message on standard error, so that standard output stays for what a command prints. */
export const log = pino(
  {
    level: process.env.HEADWATER_LOG_LEVEL ?? 'warn',
    redact: ['*.password', '*.handle', '*.accessToken', '*.authorization', 'authorization'],
  },
  pino.destination(2),
);
