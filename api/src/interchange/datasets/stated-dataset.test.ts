import { describe, expect, it } from 'vitest';
import { planDataset } from './stated-dataset.ts';

const of = (place: string | null, more: object = {}) => {
  const planned = planDataset({ place, evaluation: 'lab/sums', field: 'dataset', ...more });
  return planned === null ? null : `${planned.name}@${planned.version}`;
};

describe('what a file says of its dataset', () => {
  it('takes a published name as it is, and a revision that stays what it is', () => {
    expect(of('allenai/ai2_arc')).toBe('allenai/ai2_arc@unspecified');
    expect(of('gsm8k', { title: 'gsm8k', revision: 'e53f048856ff' })).toBe('gsm8k@e53f048856ff');
    expect(of('hails/mmlu_no_train', { revision: 'v1.0' })).toBe('hails/mmlu_no_train@v1.0');
  });

  it('pins nothing to a branch, which is another thing tomorrow', () => {
    for (const revision of [
      'main',
      'master',
      'HEAD',
      'latest',
      'refs/pr/3',
      'refs/convert/parquet',
      '',
      null,
    ])
      expect(of('org/set', { revision })).toBe('org/set@unspecified');
    expect(of('https://huggingface.co/datasets/org/set/resolve/main/test.jsonl')).toBe('org/set@unspecified');
  });

  it('reads the repository and the revision in addresses of the hub', () => {
    expect(of('https://huggingface.co/datasets/org/set/resolve/0a1b2c3/data/test.jsonl')).toBe(
      'org/set@0a1b2c3',
    );
    expect(of('hf://datasets/org/set@0a1b2c3/data/test.parquet')).toBe('org/set@0a1b2c3');
    expect(of('https://huggingface.co/datasets/org/set')).toBe('org/set@unspecified');
    // What the file states beside the address is its own word.
    expect(of('hf://datasets/org/set@0a1b2c3/x', { revision: 'v2' })).toBe('org/set@v2');
  });

  it('keeps keys out of the names of addresses', () => {
    expect(of('https://me:pw@example.org/a/set.csv?token=abc#x')).toBe(
      'https://example.org/a/set.csv@unspecified',
    );
  });

  it('tells what lies on a disk apart by its evaluation, and names no folder of it', () => {
    expect(of('/home/somebody/work/data.jsonl', { title: 'data' })).toBe('lab/sums/data@unspecified');
    expect(of('C:\\work\\set.csv')).toBe('lab/sums/set@unspecified');
    expect(of('sums.json')).toBe('sums@unspecified');
    expect(of('example://popularity', { title: 'popularity', evaluation: 'popularity' })).toBe(
      'popularity@unspecified',
    );
    expect(of(null, { title: 'train' })).toBe('lab/sums/train@unspecified');
    // A path that was loaded by the name of its last folder.
    expect(of('org/set', { title: 'set' })).toBe('lab/sums/set@unspecified');
  });

  it('makes nothing of what names nothing', () => {
    for (const place of [null, '', '.', '...', '/']) expect(of(place)).toBeNull();
    expect(of('org/a@b')).toBe('lab/sums/a#b@unspecified');
  });
});
