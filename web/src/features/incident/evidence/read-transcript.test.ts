import { describe, expect, it } from 'vitest';
import { readTranscript } from './read-transcript.ts';

const json = (value: unknown) => readTranscript(JSON.stringify(value), 'application/json');

describe('a transcript', () => {
  it('is read from a list of messages, and from the sample of an eval log', () => {
    const messages = [
      { role: 'system', content: 'Be good.' },
      { role: 'user', content: [{ type: 'text', text: 'Hello' }, 'again'] },
      { role: 'assistant', content: '<script>alert(1)</script>' },
    ];
    const turns = [
      { role: 'system', text: 'Be good.' },
      { role: 'user', text: 'Hello\n\nagain' },
      { role: 'assistant', text: '<script>alert(1)</script>' },
    ];
    expect(json(messages)).toEqual(turns);
    expect(json({ id: 1, epoch: 1, messages })).toEqual(turns);
    expect(readTranscript(JSON.stringify(messages), 'text/plain')).toEqual(turns);
  });

  it('leaves nothing out that it has no form for: parts and calls are shown as they are', () => {
    const [turn] =
      json([
        {
          role: 'assistant',
          content: [{ type: 'image', image: 'x.png' }],
          tool_calls: [{ function: 'send_email', arguments: { to: 'a' } }],
        },
      ]) ?? [];
    expect(turn?.text).toContain('x.png');
    expect(turn?.text).toContain('send_email');
    expect(json([{ role: 'assistant', content: null }])).toEqual([{ role: 'assistant', text: '' }]);
  });

  it.each([
    ['words', 'He said: [stop] {now}'],
    ['broken JSON', '[{"role": "user"'],
    ['a number', '3'],
    ['an empty list', '[]'],
    ['messages without roles', '[{"content": "x"}]'],
    ['one message of another form', '[{"role":"user","content":"x"},{"role":"user","content":{"a":1}}]'],
    ['too many turns', JSON.stringify(Array.from({ length: 2_001 }, () => ({ role: 'user', content: 'x' })))],
  ])('is not seen in %s, which is shown as it is', (_what, text) => {
    expect(readTranscript(text, 'application/json')).toBeNull();
  });
});
