import { describe, expect, it } from 'vitest';
import { readTranscript } from '../../incident/evidence/read-transcript.ts';
import { type SampleToCarry, sampleEvidence } from './sample-evidence.ts';

const message = (index: number, text: string): SampleToCarry['messages'][number] => ({
  index,
  role: 'assistant',
  source: null,
  model: null,
  tool: null,
  callId: null,
  error: null,
  parts: [
    { kind: 'TEXT', text, name: null, callId: null, cut: 0 },
    { kind: 'TOOL_CALL', text: '{"to":"all"}', name: 'mail', callId: 'c1', cut: 0 },
  ],
});
const sample = (more: Partial<SampleToCarry> = {}): SampleToCarry => ({
  run: 'eval-run:a/b',
  sampleId: 's1',
  epoch: 2,
  target: 'harmless',
  scores: { judge: 1 },
  error: null,
  messages: [message(0, 'I will.')],
  transcript: {
    unavailable: null,
    revealedBy: null,
    messageCount: 1,
    messages: [],
    input: null,
    target: 'harmless',
    error: null,
    limit: null,
    cuts: [],
    scores: [
      { scorer: 'judge', value: '1', answer: null, explanation: 'It did.', metadata: null, history: [] },
    ],
    modelUsage: [],
  },
  ...more,
});

describe('an eval sample as evidence', () => {
  it('says where it is from, and reads as a conversation', () => {
    const made = sampleEvidence('incident:x', sample());
    expect(made).toMatchObject({
      incident: 'incident:x',
      kind: 'EVAL_SAMPLE',
      title: 'Sample s1, epoch 2',
      sensitivity: 'SENSITIVE',
      citation: { source: 'eval-run:a/b', locator: 'sample s1, epoch 2', certainty: 'PRIMARY' },
    });
    expect(JSON.parse(made.text)).toMatchObject({
      evalRun: 'eval-run:a/b',
      scores: [{ explanation: 'It did.' }],
      notShown: [],
    });
    const { turns, verdicts } = readTranscript(made.text, 'application/json')!;
    expect(verdicts).toMatchObject([{ scorer: 'judge' }]);
    expect(turns).toHaveLength(1);
    expect(turns[0]?.text).toContain('I will.');
    expect(turns[0]?.text).toContain('mail');
  });

  it('is carried without its transcript where there is none to read, and says so', () => {
    const none = { ...sample().transcript, unavailable: 'The file is not kept.', scores: [] };
    const { text } = sampleEvidence('incident:x', sample({ transcript: none, messages: [] }));
    expect(JSON.parse(text)).toMatchObject({
      scores: { judge: 1 },
      notShown: ['The file is not kept.'],
      messages: [],
    });
  });

  it('names no source where its run is not known', () => {
    const made = sampleEvidence('incident:x', sample({ run: null }));
    expect(made.citation).toBeNull();
    expect(JSON.parse(made.text)).toMatchObject({ evalRun: null, sample: 's1' });
  });

  it('says how many messages the log has, and where a text of one is cut', () => {
    const [first] = sample().messages;
    const messages = [{ ...first!, parts: first!.parts.map((part) => ({ ...part, cut: 7 })) }];
    const { text } = sampleEvidence(
      'incident:x',
      sample({ messages, transcript: { ...sample().transcript, messageCount: 7_000 } }),
    );
    expect(JSON.parse(text)).toMatchObject({
      messageCount: 7_000,
      messages: [{ content: [{ cut: 7 }], tool_calls: [{ cut: 7 }] }],
    });
  });

  it('is cut to what the API takes, and says what it left out', () => {
    const messages = Array.from({ length: 300 }, (_, i) => message(i, 'x'.repeat(2_000)));
    const transcript = { ...sample().transcript, messageCount: 300 };
    const { text } = sampleEvidence('incident:x', sample({ messages, transcript }));
    expect(text.length).toBeLessThanOrEqual(200_000);
    const read = JSON.parse(text);
    expect(read.messages.length).toBeGreaterThan(50);
    expect(read.notShown[0]).toBe(
      `The first ${read.messages.length} of 300 messages; the rest stands in the log.`,
    );
    const huge = sampleEvidence('incident:x', sample({ messages: [message(0, 'x'.repeat(300_000))] })).text;
    expect(huge.length).toBeLessThanOrEqual(200_000);
    expect(JSON.parse(huge).notShown.join()).toMatch(/stands in the log/);
  });
});
