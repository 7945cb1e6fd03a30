import { describe, expect, it } from 'vitest';
import { oneAtATime } from './one-at-a-time.ts';

const moment = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('what is done one at a time', () => {
  it('waits for what was asked before it, also where that fails', async () => {
    const inTurn = oneAtATime();
    let fail = (_error: Error) => {};
    const first = new Promise<string>((_resolve, reject) => {
      fail = reject;
    });
    const order: string[] = [];
    const one = inTurn(() => first);
    const two = inTurn(async () => order.push('second'));
    await moment();
    expect(order).toEqual([]);
    fail(new Error('no log'));
    await expect(one).rejects.toThrow('no log');
    await two;
    expect(order).toEqual(['second']);
  });

  it('is no longer waited for once it lets its turn go, and goes on', async () => {
    const inTurn = oneAtATime();
    let end = (_result: string) => {};
    const recorded = new Promise<string>((resolve) => {
      end = resolve;
    });
    const one = inTurn((letGo) => {
      letGo();
      return recorded;
    });
    expect(await inTurn(async () => 'second')).toBe('second');
    end('first');
    expect(await one).toBe('first');
  });
});
