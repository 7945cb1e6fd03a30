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
    ].map((turn) => ({ ...turn, tool: null, error: null }));
    const nothingBeside = { notShown: [], messageCount: null, verdicts: [], error: null, limit: null };
    expect(json(messages)).toEqual({ turns, ...nothingBeside });
    expect(json({ id: 1, epoch: 1, messages })).toEqual({ turns, ...nothingBeside });
    expect(readTranscript(JSON.stringify(messages), 'text/plain')?.turns).toEqual(turns);
  });

  it('leaves nothing out that it has no form for: parts and calls are shown as they are', () => {
    const [turn] =
      json([
        {
          role: 'assistant',
          content: [{ type: 'image', image: 'x.png' }],
          tool_calls: [{ function: 'send_email', arguments: { to: 'a' } }],
        },
      ])?.turns ?? [];
    expect(turn?.text).toContain('x.png');
    expect(turn?.text).toContain('send_email');
    expect(json([{ role: 'assistant', content: null }])?.turns).toMatchObject([
      { role: 'assistant', text: '' },
    ]);
    const cut = [{ type: 'text', text: 'It began', cut: 12 }];
    expect(json([{ role: 'user', content: cut }])?.turns[0]?.text).toMatch(/^It began\n.*12 further/);
  });

  it('names the tool of a result, and says what went wrong in it', () => {
    const error = { type: 'timeout', message: 'It took too long.' };
    const turns = json([
      { role: 'tool', function: 'bash', content: '', error },
      { role: 'tool', name: 'search', content: 'nothing', error: 'No index.' },
      { role: 'user', name: 'Ann', content: 'Hello' },
    ])?.turns;
    expect(turns?.map(({ tool }) => tool)).toEqual(['bash', 'search', null]);
    expect(turns?.[0]?.error).toContain('timeout');
    expect(turns?.[0]?.error).toContain('It took too long.');
    expect(turns?.slice(1).map((turn) => turn.error)).toEqual(['No index.', null]);
  });

  it('tells of a sample what is not shown, how it was judged and what ended it', () => {
    const messages = [{ role: 'user', content: 'x' }];
    const sample = {
      notShown: ['The first 1 of 7 messages; the rest stands in the log.'],
      messageCount: 7,
      scores: [
        { scorer: 'judge', value: '1', answer: null, explanation: 'It did.', metadata: null, history: [] },
      ],
      error: 'The model did not answer.',
      limit: 'token: 1000',
      messages,
    };
    expect(json(sample)).toMatchObject({
      notShown: ['The first 1 of 7 messages; the rest stands in the log.'],
      messageCount: 7,
      verdicts: [
        {
          scorer: 'judge',
          said: [
            { name: 'value', text: '1' },
            { name: 'explanation', text: 'It did.' },
          ],
        },
      ],
      error: 'The model did not answer.',
      limit: 'token: 1000',
    });
  });

  it('leaves out no verdict for its form: as a log has it, a value alone, or none that is known', () => {
    const verdicts = (scores: unknown) =>
      json({ scores, messages: [{ role: 'user', content: 'x' }] })?.verdicts;
    expect(verdicts({ match: { value: 'C', edits: [{ by: 'Ann' }] }, honest: 0, empty: null })).toEqual([
      {
        scorer: 'match',
        said: [
          { name: 'value', text: 'C' },
          { name: 'edits', text: JSON.stringify([{ by: 'Ann' }], null, 2) },
        ],
      },
      { scorer: 'honest', said: [{ name: 'value', text: '0' }] },
      { scorer: 'empty', said: [] },
    ]);
    expect(verdicts([3])).toEqual([{ scorer: 'Score 1', said: [{ name: 'value', text: '3' }] }]);
    expect(verdicts('good')).toEqual([{ scorer: 'Score', said: [{ name: 'value', text: 'good' }] }]);
    expect(verdicts(undefined)).toEqual([]);
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
