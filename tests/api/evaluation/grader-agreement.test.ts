import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorld, type World } from '../incident/world.ts';
import { countedFrom, recordRun } from './runs-with-samples.ts';

const AGREEMENT = `graderAgreement { samplesRead complete subjects {
  about behavior { name } graders items alpha note
  pairs { one two items agreed kappa standardError interval { lower upper level } note } } }`;

describe('agreement between graders of an eval run', () => {
  let world: World;
  const agreement = async (run: string) => {
    const data = await world.ask(
      world.viewer,
      `{ lineageNode(ref: "eval-run:${run}") { ... on EvalRun { ${AGREEMENT} } } }`,
    );
    return data.lineageNode.graderAgreement;
  };
  beforeAll(async () => {
    world = await makeWorld();
    const human = { name: 'people', version: '1', kind: 'HUMAN' };
    const made = await world.run(world.reporter, 'registerGrader', human, 'graderVersion { id }');
    expect(made.__typename).toBe('RegisterGraderSuccess');
    // 20 both, 5 the model alone, 10 the person alone, 15 neither: the table of many a textbook.
    const said = [...'a'.repeat(20), ...'b'.repeat(5), ...'c'.repeat(10), ...'d'.repeat(15)];
    const samples = said.map((kind, i) => {
      const model = kind === 'a' || kind === 'b' ? 1 : 0;
      const person = kind === 'a' || kind === 'c' ? 1 : 0;
      const word = (verdict: number) => (verdict === 1 ? 'EXHIBITED' : 'NOT_EXHIBITED');
      return {
        sampleId: `s${i}`,
        epoch: 1,
        outcomes: { blackmail: word(model), 'blackmail (people)': word(person) },
        scores: {
          classifier: { value: null, parts: { harmful: model }, answer: 'a long text' },
          people: { value: null, parts: { harmful: person === 1 } },
          length: { value: i, parts: null },
        },
      };
    });
    await recordRun(world, {
      name: 'judged',
      model: 'opus',
      samples,
      measurements: [
        countedFrom(samples, 'blackmail', 'classifier@1'),
        countedFrom(samples, 'blackmail (people)', 'people@1'),
      ],
    });
    await recordRun(world, { name: 'alone', model: 'opus', samples: [], measurements: [] });
  });
  afterAll(() => world.api.close());

  it('is told of outcomes by grader version, people among them, and of what scorers said', async () => {
    const found = await agreement('judged');
    expect(found).toMatchObject({ samplesRead: 50, complete: true });
    expect(found.subjects.map((one: { about: string }) => one.about)).toEqual(['blackmail', 'harmful']);
    const [outcomes, scores] = found.subjects;
    expect(outcomes).toMatchObject({
      behavior: { name: 'blackmail' },
      graders: ['classifier 1', 'people 1'],
      items: 50,
      note: null,
    });
    // Observed 0.7, by chance 0.5.
    expect(outcomes.pairs[0].kappa).toBeCloseTo(0.4, 12);
    expect(outcomes.pairs[0]).toMatchObject({ items: 50, agreed: 35, note: null });
    expect(outcomes.pairs[0].interval.lower).toBeLessThan(0.4);
    expect(outcomes.alpha).toBeCloseTo(1 - (99 * 30) / (55 * 45 * 2), 12);
    expect(scores).toMatchObject({ behavior: null, graders: ['classifier', 'people'] });
    expect(scores.pairs[0].kappa).toBeCloseTo(0.4, 12);
  });

  it('is of nothing where no samples are recorded', async () => {
    expect(await agreement('alone')).toEqual({ samplesRead: 0, complete: true, subjects: [] });
  });
});
