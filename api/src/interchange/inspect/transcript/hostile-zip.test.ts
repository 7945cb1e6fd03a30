// Of zips that are made to be slow: the bounds are many times what the reader needs.
import { describe, expect, it } from 'vitest';
import { processorSeconds } from '../../../platform/processor-time-fixture.ts';
import { zipOf } from '../zip-fixture.ts';
import { fileOf } from './random-file-fixture.ts';
import { readTranscript } from './read-transcript.ts';

const ASKED = { container: 'eval', id: 's', epoch: 2, place: null } as const;
const SHELL = { id: 's', epoch: 2, message_refs: [[0, 5_000]] };
const stored = (name: string, data = '') => ({ name, data, method: 'stored' as const });
const shell = stored('samples/s_epoch_2/sample.json', JSON.stringify(SHELL));

describe('a transcript in a zip', () => {
  it('is found among members whose names could be read in hundreds of ways', async () => {
    const name = `samples/${'_epoch_1/'.repeat(440)}.jso`;
    const members = Array.from({ length: 5_000 }, (_, i) => stored(`${name}${i}`));
    const file = fileOf(zipOf([...members, shell]));
    const seconds = await processorSeconds(() => readTranscript(file, ASKED));
    expect(seconds).toBeLessThan(3);
  });

  it('is of the id that a name holds, whatever that is made of', async () => {
    for (const id of ['s', 'a_epoch_1', 'a_epoch_2/b_epoch_3', 'a/messages/0', '_epoch_', '', 'a_epoch_x']) {
      const sample = JSON.stringify({ ...SHELL, id, message_refs: undefined, input: 'said' });
      const members = [
        stored('samples/s_epoch_.json'),
        stored('samples/s_epoch_2/.json'),
        stored(`samples/${id}_epoch_2.json`, sample),
      ];
      const read = await readTranscript(fileOf(zipOf(members)), { ...ASKED, id });
      expect(read.input).toBe('said');
    }
  });

  it('is read past 60,000 chunks that hold none of the 20,000 texts that stand apart', async () => {
    const parts = (n: number) =>
      Array.from({ length: 20 }, (_, i) => ({ type: 'text', text: `attachment://${n * 20 + i}` }));
    const messages = Array.from({ length: 1_000 }, (_, n) => ({ role: 'user', content: parts(n) }));
    const chunks = Array.from({ length: 60_000 }, (_, i) =>
      stored(`samples/s_epoch_2/attachments/${1_000_000 + i}.json`),
    );
    const pool = stored('samples/s_epoch_2/messages/0.json', JSON.stringify(messages));
    const file = fileOf(zipOf([shell, pool, ...chunks]));
    let cuts: string[] = [];
    const seconds = await processorSeconds(async () => {
      cuts = (await readTranscript(file, ASKED)).cuts;
    });
    expect(cuts).toContain('20000 texts stand apart in the log and are not in it.');
    expect(seconds).toBeLessThan(6);
  });

  it('is not looked for where a member has a name that no file could have', async () => {
    const file = fileOf(zipOf([shell, stored(`samples/${'x'.repeat(4_090)}`)]));
    await expect(readTranscript(file, ASKED)).rejects.toThrow(
      'A member of the zip has a name longer than 4096 bytes.',
    );
  });
});
