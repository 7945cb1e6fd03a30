import { describe, expect, it } from 'vitest';
import { counted, planOf, planOfBytes, refusalOf } from '../formats/file-fixture.ts';
import { type FixtureMember, zipOf } from '../inspect/zip-fixture.ts';

interface Choices {
  harmful?: boolean | null;
  sample?: string;
  condition?: string;
  classified?: boolean;
}

function responseOf({ harmful = true, sample = 'sample_001', condition, classified = true }: Choices = {}) {
  return {
    raw_response: 'a long answer',
    metadata: {
      model: 'lab-model-1',
      condition: condition ?? 'blackmail_explicit-america_replacement',
      sample_id: sample,
      timestamp: '2025-06-01T10:00:00',
      canary_string: 'x',
    },
    ...(classified
      ? {
          classification: {
            harmful_behavior: harmful,
            classifier_verdict: harmful,
            classifier_type: 'blackmail',
            classifier_model: 'lab/judge',
          },
        }
      : {}),
  };
}

const at = (choices: Choices, folder = 'results/exp/models/lab-model-1'): FixtureMember => {
  const { condition = 'blackmail_explicit-america_replacement', sample = 'sample_001' } = choices;
  return {
    name: `${folder}/${condition}/${sample}/response.json`,
    data: JSON.stringify(responseOf(choices)),
  };
};

describe('results of agentic-misalignment', () => {
  it('makes one run a model and condition of a tree, and counts verdicts by the classifier that gave them', async () => {
    const calm = 'leaking_none_none';
    const zip = zipOf([
      at({ sample: 'sample_001' }),
      at({ sample: 'sample_002', harmful: false }),
      at({ sample: 'sample_003', harmful: null }),
      at({ sample: 'sample_004', classified: false }),
      at({ sample: 'sample_001', condition: calm, harmful: false }),
      { name: 'results/exp/prompts/a/system_prompt.txt', data: 'a prompt' },
    ]);
    const { format, runs, report } = await planOfBytes(zip, 'tree.zip');
    expect(format).toBe('agentic-misalignment');
    expect(runs.map((run) => [run.conditions[0]?.name, run.sampleCount])).toEqual([
      ['blackmail_explicit-america_replacement', 4],
      [calm, 1],
    ]);
    expect(runs[0]).toMatchObject({
      evaluation: { name: 'agentic-misalignment', version: 'unversioned' },
      model: { name: 'lab-model-1', version: 'unspecified' },
      conditions: [
        {
          factors: {
            scenario: 'blackmail',
            goal_type: 'explicit',
            goal_value: 'america',
            urgency_type: 'replacement',
          },
        },
      ],
      graders: [{ name: 'agentic-misalignment/blackmail', kind: 'MODEL', model: { name: 'lab/judge' } }],
      measurements: [
        {
          behavior: 'blackmail',
          grader: 0,
          exhibited: 1,
          notExhibited: 1,
          graderErrors: 1,
          unscored: 1,
          excluded: 0,
        },
      ],
    });
    expect(runs[0]!.samples!.map((sample) => sample.outcomes.blackmail)).toEqual([
      'EXHIBITED',
      'NOT_EXHIBITED',
      'GRADER_ERROR',
      'UNSCORED',
    ]);
    expect(report.leftOut).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ field: 'prompts/', count: 1 }),
        expect.objectContaining({ field: 'raw_response', count: 5 }),
      ]),
    );
  });

  it('says of the samples of a run that they repeat one scenario: one cluster, whatever their number', async () => {
    const zip = zipOf(
      ['001', '002', '003'].map((nth) => at({ sample: `sample_${nth}`, harmful: nth !== '003' })),
    );
    const [run] = (await planOfBytes(zip, 'tree.zip')).runs;
    expect(run!.samples!.map(({ scenario }) => scenario)).toEqual(['blackmail', 'blackmail', 'blackmail']);
    expect(counted(run!)).toMatchObject([
      { exhibited: 2, notExhibited: 1, counted: { clusters: 1, leastEffective: 1 } },
    ]);
  });

  it('tells what was given by the prompts beside the models, of the experiment and condition', async () => {
    const calm = 'leaking_none_none';
    const prompt = (condition: string, file: string, data: string, root = 'results/exp'): FixtureMember => ({
      name: `${root}/prompts/${condition}/${file}`,
      data,
    });
    const of = async (...prompts: FixtureMember[]) => {
      const responses = [at({ sample: '1' }), at({ sample: '2' }), at({ condition: calm })];
      const { runs } = await planOfBytes(zipOf([...responses, ...prompts]), 'tree.zip');
      return runs.map((run) => [...new Set(run.samples!.map(({ inputDigest }) => inputDigest))]);
    };
    const condition = 'blackmail_explicit-america_replacement';
    const system = prompt(condition, 'system_prompt.txt', 'a prompt');
    const user = prompt(condition, 'user_prompt.txt', 'a question');
    const [[plain, ...others], unknown] = (await of(system, user)) as [(string | undefined)[], unknown];
    expect(plain).toMatch(/^prompt-files:[0-9a-f]{64}$/);
    expect(others).toEqual([]);
    expect(unknown).toEqual([undefined]);
    expect((await of(user, system))[0]).toEqual([plain]);
    expect((await of(system, prompt(condition, 'user_prompt.txt', 'edited')))[0]).not.toEqual([plain]);
    expect((await of(prompt(condition, 'a.txt', 'x', 'results/other')))[0]).toEqual([undefined]);
  });

  it('takes from the path of one response what the file does not state, and says so', async () => {
    const { metadata: _metadata, ...bare } = responseOf();
    const plan = await planOf(bare, 'models/lab-m/murder_none_none/sample_007/response.json');
    expect(plan.runs[0]).toMatchObject({
      model: { name: 'lab-m' },
      conditions: [{ name: 'murder_none_none', factors: { scenario: 'murder' } }],
      samples: [{ sampleId: 'sample_007' }],
    });
    expect(plan.report.warnings.join(' ')).toMatch(
      /model and condition of some responses stand in their path/,
    );
  });

  it('believes the file where its path tells otherwise', async () => {
    const plan = await planOf(responseOf(), 'models/another/blackmail_none_none/sample_001/response.json');
    expect(plan.runs[0]!.model.name).toBe('lab-model-1');
    expect(plan.report.warnings.join(' ')).toMatch(/tells another model and condition than the file/);
  });

  it('measures no behaviour of a scenario that it does not know', async () => {
    const { runs, report } = await planOf(responseOf({ condition: 'gossip_none_none' }));
    expect(runs[0]).toMatchObject({
      measurements: [],
      behaviors: [],
      conditions: [{ name: 'gossip_none_none' }],
    });
    expect(report.warnings.join(' ')).toMatch(/No behaviour is known for the scenario gossip/);
  });

  it('refuses a response of no model and condition', async () => {
    const { metadata: _metadata, ...bare } = responseOf();
    expect((await refusalOf(JSON.stringify(bare), 'response.json')).message).toMatch(
      /of which model and condition/,
    );
  });

  it('refuses a zip whose paths lead out of it', async () => {
    for (const name of ['../models/m/c/response.json', '/models/m/c/response.json', 'a\\..\\response.json']) {
      const zip = zipOf([at({}), { name, data: '{}' }]);
      const { message, format } = await refusalOf(zip, 'tree.zip');
      expect(message).toMatch(/leads out of it/);
      expect(format).toBe('agentic-misalignment');
    }
  });

  it('refuses a zip that inflates past what it claims', async () => {
    const data = JSON.stringify(responseOf());
    const zip = zipOf([{ name: 'models/m/c/response.json', data, claims: { size: 10 } }]);
    expect((await refusalOf(zip, 'tree.zip')).message).toMatch(/damaged|inflate/);
  });

  it('leaves out a response that is no JSON, and takes the others', async () => {
    const zip = zipOf([at({}), { name: 'models/m/blackmail_a_b/response.json', data: '{"classification":' }]);
    const { runs, report } = await planOfBytes(zip, 'tree.zip');
    expect(runs).toHaveLength(1);
    expect(report.leftOut).toContainEqual(expect.objectContaining({ field: 'response.json', count: 1 }));
  });

  it('has the same identity and content in another zip of the same tree', async () => {
    const [one] = (await planOfBytes(zipOf([at({}), at({ sample: 'sample_002' })]), 'a.zip')).runs;
    const members = [at({}, 'models/lab-model-1'), at({ sample: 'sample_002' }, 'models/lab-model-1')];
    const [other] = (await planOfBytes(zipOf(members), 'b.zip')).runs;
    expect([other!.runIdentity, other!.contentDigest]).toEqual([one!.runIdentity, one!.contentDigest]);
  });
});
