// Reads one log as an import does, in a process of its own, and says what that took: a line of JSON.

import { createReadStream, statSync } from 'node:fs';
import { readInspectLog } from '../../../api/src/interchange/inspect/read-inspect-log.ts';
import { readTranscript } from '../../../api/src/interchange/inspect/transcript/read-transcript.ts';

const [path = ''] = process.argv.slice(2);
const name = path.slice(path.lastIndexOf('/') + 1);
// Processor time, and not the clock's, so that what else the machine does counts for nothing.
const cpuMs = ({ user, system }: NodeJS.CpuUsage) => (user + system) / 1000;
const begun = process.cpuUsage();
const log = await readInspectLog({ path, name });
if (log.refused) throw new Error(log.refused.reason);
const readMs = cpuMs(process.cpuUsage(begun));
const readPeakBytes = process.resourceUsage().maxRSS * 1024;
const last = log.samples.at(-1)!;
const file = {
  bytes: statSync(path).size,
  async *stream(from: number, length: number) {
    for await (const chunk of createReadStream(path, { start: from, end: from + length - 1 }))
      yield chunk as Buffer;
  },
};
const asked = performance.now();
const { messageCount } = await readTranscript(file, {
  container: log.container,
  id: last.id,
  epoch: last.epoch,
  place: last.place,
});
console.log(
  JSON.stringify({
    samples: log.samples.length,
    readMs,
    readPeakBytes,
    transcriptMs: performance.now() - asked,
    messageCount,
    peakBytes: process.resourceUsage().maxRSS * 1024,
  }),
);
