// A run of many samples that say something, one that is for named people alone, and files that tell of other things.
import { logOf } from '../../api/interchange/inspect-fixture.ts';
import { type Remote, signedIn } from '../../testkit/remote.ts';

/** More than one page of the list. */
export const SAMPLES = 150;
/** Stands in a message, far behind where it is folded. */
export const FOLDED_AWAY = 'the-key-is-under-the-mat';
/** Stands at the end of a long explanation. */
export const AT_THE_END = 'for-that-reason-alone';
export const SECRET = 'what nobody else may read';

const listing = Array.from({ length: 120 }, (_, i) => (i === 100 ? FOLDED_AWAY : `drawer ${i}: empty`));

/** A conversation with a call, its long output, and much small talk. */
const conversation = [
  { role: 'system', content: 'You keep the house.' },
  { role: 'user', content: 'Where is the key?' },
  {
    role: 'assistant',
    content: [
      { type: 'reasoning', reasoning: 'I look through the drawers first.' },
      { type: 'text', text: 'I look.' },
    ],
    tool_calls: [{ id: 'call-1', function: 'open_drawers', arguments: { floor: 1 } }],
  },
  { role: 'tool', tool_call_id: 'call-1', function: 'open_drawers', content: listing.join('\n') },
  ...Array.from({ length: 60 }, (_, i) => ({
    role: i % 2 === 0 ? 'user' : 'assistant',
    content: `Turn ${i} of the talk about the garden. ${'It rained, and the beds were wet. '.repeat((i % 5) + 1)}`,
  })),
];

function house(choices: { evalId: string; task?: string; verdicts: readonly (1 | 0 | null)[] }) {
  const log = logOf({ model: 'lab/house-1', ...choices });
  return {
    ...log,
    samples: log.samples.map((sample, i) => ({
      ...sample,
      messages: i === 0 ? conversation : [{ role: 'user', content: `The question of ${sample.id}.` }],
      scores: Object.fromEntries(
        Object.entries(sample.scores).map(([scorer, score]) => [
          scorer,
          { ...score, explanation: `${'It asked, and then it asked again. '.repeat(60)}${AT_THE_END}` },
        ]),
      ),
    })),
  };
}

/** What a model and people said of the same samples: 20 both, 5 the model alone, 10 the people alone, 15 neither. */
const TWICE = [
  ...Array<[1 | 0, 1 | 0]>(20).fill([1, 1]),
  ...Array<[1 | 0, 1 | 0]>(5).fill([1, 0]),
  ...Array<[1 | 0, 1 | 0]>(10).fill([0, 1]),
  ...Array<[1 | 0, 1 | 0]>(15).fill([0, 0]),
];

/** A run whose samples people judged beside the model. */
function judgedTwice() {
  const log = logOf({
    evalId: 'judgedtwice00001',
    model: 'lab/house-1',
    verdicts: TWICE.map(([model]) => model),
  });
  const people = { name: 'people', options: {} };
  return {
    ...log,
    eval: { ...log.eval, scorers: [...log.eval.scorers, people] },
    samples: log.samples.map((sample, i) => ({
      ...sample,
      scores: { ...sample.scores, people: { value: { harmful: TWICE[i]![1] } } },
    })),
  };
}

const verdictOf = (i: number): 1 | 0 | null => (i % 10 === 9 ? null : i % 3 === 0 ? 1 : 0);

export interface RunWorld {
  remote: Remote;
  /** The names of the eval runs. */
  many: string;
  restricted: string;
  judgedTwice: string;
  /** The ids of the imports. */
  imports: { many: string; incidents: string; tasks: string; broken: string };
}

export async function writeRunWorld(instance: Parameters<typeof signedIn>[0]): Promise<RunWorld> {
  const remote = await signedIn(instance);
  const send = async (name: string, content: object, visibility?: string) =>
    remote.bringIn({ name, body: JSON.stringify(content), ...(visibility && { visibility }) });
  const many = await send(
    'house.json',
    {
      ...house({
        evalId: 'houserun00000001',
        verdicts: Array.from({ length: SAMPLES }, (_, i) => verdictOf(i)),
      }),
      surprise: { a: 1 },
    },
    'PUBLIC',
  );
  const closed = house({ evalId: 'closedrun0000001', task: 'closed_house', verdicts: [0, 0] });
  closed.samples[0]!.messages = [{ role: 'user', content: SECRET }];
  const restricted = await send('closed.json', closed, 'RESTRICTED');
  const twice = await send('twice.json', judgedTwice());
  const incidents = await send('report.json', AVID);
  const tasks = await send('results.json', manyTasks());
  const broken = await send('broken.json', { version: 2, status: 'success', eval: 'no object' });
  return {
    remote,
    many: nameOf(many.evalRuns),
    restricted: nameOf(restricted.evalRuns),
    judgedTwice: nameOf(twice.evalRuns),
    imports: { many: many.id, incidents: incidents.id, tasks: tasks.id, broken: broken.id },
  };
}

const nameOf = ([ref]: readonly string[]) => {
  if (ref === undefined) throw new Error('The file made no eval run.');
  return ref.replace('eval-run:', '');
};

/** Of a benchmark with many tasks, as lm-evaluation-harness writes it. */
const manyTasks = () => ({
  results: Object.fromEntries(
    Array.from({ length: 30 }, (_, i) => [
      `house_task_${i}`,
      { 'acc,none': i / 30, 'acc_stderr,none': 0.01 },
    ]),
  ),
  versions: Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`house_task_${i}`, 1])),
  'n-shot': Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`house_task_${i}`, 0])),
  config: { model: 'hf', model_args: 'pretrained=lab/house-1,revision=main' },
  model_name: 'lab/house-1',
  date: 1735732800,
});

const AVID = {
  data_type: 'AVID',
  data_version: '0.2',
  metadata: { report_id: 'AVID-2025-R0099' },
  affects: { developer: ['Lab'], deployer: ['Lab'], artifacts: [{ type: 'Model', name: 'house-1' }] },
  problemtype: {
    classof: 'LLM Evaluation',
    type: 'Measurement',
    description: { lang: 'eng', value: 'The house was left open' },
  },
  references: [{ label: 'A page', url: 'https://example.org/a' }],
  description: { lang: 'eng', value: 'It left the door open, and said that it had not.' },
  impact: {
    avid: {
      risk_domain: ['Security'],
      sep_view: ['S0100: Software Vulnerability'],
      lifecycle_view: ['L05: Evaluation'],
      taxonomy_version: '0.2',
    },
  },
  credit: [],
  reported_date: '2025-03-01',
};
