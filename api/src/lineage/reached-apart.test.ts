import { describe, expect, it } from 'vitest';
import { reachedApart } from './reached-apart.ts';
import { SmallWorld } from './small-world.ts';

describe('what is reached apart', () => {
  it('is who taught a model, what its data revises, and what judged it, but never its own data', () => {
    const world = new SmallWorld();
    const [books, old, teachers] = [world.source(), world.source(), world.source()];
    const [edition, earlier] = [world.dataset(), world.dataset()];
    world.made(edition, [[books]]);
    world.made(earlier, [[old]]);
    world.edge('REVISES', edition, earlier);
    const teaching = world.run();
    world.made(teaching, [[teachers]]);
    const teacher = world.model(teaching);
    const run = world.run();
    world.made(run, [[edition]]);
    world.edge('DISTILLED_FROM', run, teacher);
    const model = world.model(run);
    const evalRun = world.node('EVAL_RUN');
    const grader = world.node('MODEL_VERSION');
    world.edge('EVALUATED', evalRun, model);
    world.edge('JUDGED_BY', evalRun, grader);
    const other = world.node('MODEL_VERSION');
    const found = reachedApart(
      world.graph(),
      [{ model, evalRuns: [evalRun] }],
      [{ model: other, evalRuns: [] }],
    );
    expect(found.map(({ group, node, first, second }) => [group, node, first, second])).toEqual([
      ['INFLUENCE', teachers, 1, 0],
      ['INFLUENCE', teacher, 1, 0],
      ['EVALUATION', grader, 1, 0],
      ['REVISION', old, 1, 0],
      ['REVISION', earlier, 1, 0],
    ]);
  });

  it('counts in how many of either lot it is, and lists nothing that the first does not reach', () => {
    const world = new SmallWorld();
    const [writer, judge] = [world.node('MODEL_VERSION'), world.node('MODEL_VERSION')];
    const written = world.dataset();
    world.edge('SYNTHESIZED_BY', written, writer);
    const trained = () => {
      const run = world.run();
      world.made(run, [[written]]);
      return { model: world.model(run), evalRuns: [] };
    };
    const [one, two, three] = [trained(), trained(), trained()];
    const evalRun = world.node('EVAL_RUN');
    world.edge('JUDGED_BY', evalRun, judge);
    const found = reachedApart(world.graph(), [one, two], [{ ...three, evalRuns: [evalRun] }]);
    expect(found).toEqual([{ group: 'INFLUENCE', node: writer, first: 2, second: 1 }]);
  });
});
