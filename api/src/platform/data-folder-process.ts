import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A process number is used again by others; with the moment of its begin it names one process. */
export type ProcessIdentity = { pid: number; began: string };

/** When a process began, in the system's own words, or null when there is none (or it has ended unburied). */
function beginOf(pid: number): string | null {
  try {
    if (process.platform === 'linux') {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      // The second field, the program's name, may itself hold spaces and brackets.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
      return fields[0] === 'Z' ? null : `${boot}/${fields[19]}`;
    }
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null;
  } catch {
    return null;
  }
}

export function thisProcess(): ProcessIdentity {
  return { pid: process.pid, began: beginOf(process.pid) ?? '' };
}

export function isSameProcess(identity: ProcessIdentity): boolean {
  return beginOf(identity.pid) === identity.began;
}
