// The small world with a run of each model, and incidents filed in it.
import { expect } from 'vitest';
import type { Viewer } from '../../../api/src/access/viewer.ts';
import { evalRun, incident, makeWorld, type World } from './world.ts';

export interface FiledWorld extends World {
  /** Files an incident, by the reporter unless told, and answers it. */
  // biome-ignore lint/suspicious/noExplicitAny: the shape is that of the fields asked for
  file(title: string, more?: object, fields?: string, as?: Viewer): Promise<any>;
}

export async function filedWorld(): Promise<FiledWorld> {
  const world = await makeWorld();
  const measurements = [{ behavior: 'blackmail', exhibited: 96, notExhibited: 4, grader: 'classifier@1' }];
  const runs = [
    evalRun('opus run', { measurements }),
    evalRun('sonnet run', { modelVersion: 'model:sonnet@4' }),
  ];
  for (const run of runs) await world.run(world.reporter, 'recordEvalRun', run, 'evalRun { id }');
  return {
    ...world,
    async file(title, more = {}, fields = 'incident { id key status ref updatedAt }', as = world.reporter) {
      const result = await world.run(as, 'fileIncident', incident(title, more), fields);
      expect(result.__typename, JSON.stringify(result)).toBe('FileIncidentSuccess');
      return result.incident;
    },
  };
}
