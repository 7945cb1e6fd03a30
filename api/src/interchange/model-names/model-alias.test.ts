import { describe, expect, it } from 'vitest';
import { alikeNames } from './model-alias.ts';

const known = (name: string, version: string) => ({ name, version });

describe('alikeNames', () => {
  it('finds a model by the words of its name and version, the most alike first', () => {
    const models = [
      known('claude-opus-4', '20250514'),
      known('claude-sonnet-4', '20250514'),
      known('pythia-6.9b', 'step143000'),
    ];
    expect(alikeNames('anthropic/claude-opus-4-20250514', models)).toEqual([models[0], models[1]]);
    expect(alikeNames('EleutherAI/pythia-6.9b', models)).toEqual([models[2]]);
  });

  it('finds nothing in a name that shares little, and at most five', () => {
    expect(alikeNames('gpt-4o', [known('gpt-4', '0613'), known('llama', '3')])).toEqual([]);
    expect(alikeNames('mockllm/model', [])).toEqual([]);
    expect(
      alikeNames(
        'a-b',
        Array.from({ length: 9 }, (_, i) => known('a-b', `v${i}`)),
      ),
    ).toHaveLength(5);
  });
});
