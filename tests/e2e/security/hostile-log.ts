import { HOSTILE_TEXTS } from './hostile-texts.ts';

/** Everything at once, for whatever is shown whole. */
const ALL = HOSTILE_TEXTS.join('\n');
/** Scorers, each under a hostile name of its own. */
const SCORERS = HOSTILE_TEXTS.filter((_, i) => i % 8 === 0);

/** How long a transcript with a message of each is: what asks, what answers, and what a tool says. */
export const MESSAGES = HOSTILE_TEXTS.length;

/** An Inspect log that is hostile wherever a log has words: a sample for each text, and a conversation with all of them. */
export const hostileLog = () => ({
  version: 2,
  status: 'success',
  surprise: Object.fromEntries(HOSTILE_TEXTS.map((text) => [text, text])),
  eval: {
    eval_id: 'hostilehostile01',
    run_id: HOSTILE_TEXTS[0],
    task_id: HOSTILE_TEXTS[1],
    created: '2025-07-01T10:00:00+00:00',
    task: `task ${HOSTILE_TEXTS[2]}`,
    task_version: HOSTILE_TEXTS[3],
    task_display_name: HOSTILE_TEXTS[4],
    task_args: Object.fromEntries(HOSTILE_TEXTS.map((text) => [text, text])),
    dataset: {
      name: HOSTILE_TEXTS[5],
      location: HOSTILE_TEXTS[26],
      samples: HOSTILE_TEXTS.length,
      sample_ids: [...HOSTILE_TEXTS],
      shuffled: false,
    },
    solver: HOSTILE_TEXTS[6],
    solver_args: { [HOSTILE_TEXTS[7]!]: ALL },
    model: `lab/${HOSTILE_TEXTS[27]}`,
    model_roles: { [HOSTILE_TEXTS[8]!]: { model: HOSTILE_TEXTS[9] } },
    config: { epochs: 1 },
    packages: { [HOSTILE_TEXTS[10]!]: HOSTILE_TEXTS[11] },
    tags: [...HOSTILE_TEXTS],
    metadata: { [HOSTILE_TEXTS[12]!]: ALL },
    scorers: SCORERS.map((name) => ({ name, options: { grader_model: name, template: ALL } })),
  },
  plan: { steps: [{ solver: HOSTILE_TEXTS[13], params: { [HOSTILE_TEXTS[14]!]: ALL } }] },
  results: {
    scores: SCORERS.map((name) => ({
      name,
      scorer: name,
      reducer: name,
      metrics: { [name]: { value: 0.5 }, accuracy: { value: 0.25 } },
    })),
  },
  stats: { started_at: '2025-07-01T10:00:01+00:00', completed_at: '2025-07-01T10:05:00+00:00' },
  samples: HOSTILE_TEXTS.map(sampleOf),
});

function sampleOf(text: string, i: number) {
  const scores = Object.fromEntries(
    SCORERS.map((name, at) => [
      name,
      {
        // One value, or several with names of their own.
        value: at % 2 === 0 ? text : { [text]: 1 },
        answer: text,
        explanation: i === 0 ? ALL : text,
        metadata: { [text]: text },
        history: [
          { value: text, answer: text, explanation: text },
          { value: text, provenance: { author: text, reason: text, timestamp: text } },
        ],
      },
    ]),
  );
  return {
    id: text,
    epoch: 1,
    input: text,
    target: text,
    choices: [text],
    metadata: { [text]: text },
    scores,
    messages: i === 0 ? HOSTILE_TEXTS.map(messageOf) : [messageOf(text, 2), messageOf(text, 3)],
    ...(i % 5 === 4 ? { error: { message: text, traceback: text } } : {}),
    ...(i % 5 === 3 ? { limit: { type: text, limit: 1 } } : {}),
  };
}

function messageOf(text: string, i: number) {
  if (i % 4 === 0) return { role: 'system', content: text, source: text };
  if (i % 4 === 1)
    return {
      role: 'user',
      content: [
        { type: 'text', text },
        { type: 'image', image: text },
        { type: text, text },
      ],
    };
  if (i % 4 === 3)
    return {
      role: 'tool',
      tool_call_id: text,
      function: text,
      content: text,
      error: { type: text, message: text },
    };
  return {
    role: 'assistant',
    model: text,
    content: [
      { type: 'reasoning', reasoning: text },
      { type: 'text', text },
    ],
    tool_calls: [{ id: text, function: text, arguments: { [text]: text } }],
  };
}
