import { describe, expect, it } from 'vitest';
import { type Described, similarityTo } from './similarity.ts';

const described = (title: string, summary = ''): Described => ({ title, summary, behaviors: [], models: [] });

describe('the likeness of incidents', () => {
  it('is 1 for an equal title, and nothing for what shares no sign', () => {
    const like = similarityTo(described('Opus threatened an engineer'));
    expect(like(described('opus threatened an engineer'))).toEqual({
      similarity: 1,
      reasons: ['same title'],
    });
    expect(like(described('Qwxyz')).reasons).toEqual([]);
  });

  it('takes what is asked about apart once, however many it is compared with', () => {
    let reads = 0;
    const asked: Described = {
      ...described(''),
      get title() {
        reads += 1;
        return 'A title';
      },
      get summary() {
        reads += 1;
        return 'A summary';
      },
    };
    const like = similarityTo(asked);
    for (let i = 0; i < 300; i += 1) like(described(`Title ${i}`, 'Another summary'));
    expect(reads).toBe(2);
  });
});
