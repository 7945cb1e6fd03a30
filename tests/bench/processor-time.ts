// How long processors worked, which a busy machine changes less than how long it took by the clock.
import { existsSync, readFileSync } from 'node:fs';
import type pg from 'pg';

type Asker = Pick<pg.Client, 'query'>;

/** What a benchmark's own process and the database's backends worked, in ms. */
export interface ProcessorTime {
  node: number;
  /** NaN where the system does not tell it of other processes. */
  database: number;
}

/** A tick of /proc is a hundredth of a second on every Linux. */
const MS_A_TICK = 10;

/** Of this process since it began, and of all backends that are connected now since each began. */
export async function processorTime(asker: Asker): Promise<ProcessorTime> {
  const { rows } = await asker.query<{ pid: number }>(
    'select pid from pg_stat_activity where pid is not null',
  );
  const { user, system } = process.cpuUsage();
  return { node: (user + system) / 1_000, database: sum(rows.map(({ pid }) => ofProcess(pid))) };
}

export function since(now: ProcessorTime, then: ProcessorTime, parts: number): ProcessorTime {
  return { node: (now.node - then.node) / parts, database: (now.database - then.database) / parts };
}

/** What one of `parts` took, as a result tells it. */
export const workedFor = ({ node, database }: ProcessorTime) =>
  `${node.toFixed(2)} + ${database.toFixed(2)} ms of processors, Node + database`;

/** User and system time of another process; 0 of one that has ended meanwhile. */
function ofProcess(pid: number): number {
  if (!existsSync('/proc/self/stat')) return Number.NaN;
  try {
    // The name, in parentheses, may hold spaces; the two times are the 14th and 15th field.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').pop()!.split(' ');
    return (Number(fields[11]) + Number(fields[12])) * MS_A_TICK;
  } catch {
    return 0;
  }
}

const sum = (values: readonly number[]) => values.reduce((one, other) => one + other, 0);
