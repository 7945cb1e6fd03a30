// What merely parsing a log takes, each document held whole: a line of JSON with the processor's milliseconds.

import { readFileSync } from 'node:fs';
import { DEFAULT_LIMITS } from '../../../api/src/interchange/inspect/limits.ts';
import { type ZipMember, ZipMembers } from '../../../api/src/interchange/inspect/zip-members.ts';

const [path = ''] = process.argv.slice(2);
const begun = process.cpuUsage();
if (path.endsWith('.json')) JSON.parse(readFileSync(path, 'utf8'));
else await parseMembers();
const { user, system } = process.cpuUsage(begun);
console.log(JSON.stringify({ parseMs: (user + system) / 1000 }));

/** Every sample, as whoever needs all of them would have to. */
async function parseMembers(): Promise<void> {
  const zip = await ZipMembers.open(path, DEFAULT_LIMITS);
  const members: ZipMember[] = [];
  await zip.list((member) => members.push(member));
  for (const member of members.filter(({ name }) => name.startsWith('samples/'))) {
    const chunks: Uint8Array[] = [];
    await zip.read(member, (chunk) => chunks.push(chunk));
    JSON.parse(Buffer.concat(chunks).toString('utf8'));
  }
  zip.close();
}
