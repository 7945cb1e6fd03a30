import { EventEmitter } from 'node:events';
import type { Request, Response } from 'express';
import { describe, expect, it } from 'vitest';
import type { Context, Services } from './context.ts';
import { admittingOnce, doorkeeper } from './doorkeeper.ts';

const responded = () => Object.assign(new EventEmitter(), { locals: {} }) as unknown as Response;

describe('who is admitted once', () => {
  it('is asked for once a request, whatever asks', async () => {
    let asked = 0;
    const admit = admittingOnce(async () => {
      asked += 1;
      return { requestId: String(asked) } as Context;
    });
    const [one, other] = [responded(), responded()];
    const contexts = [await admit({} as Request, one), await admit({} as Request, one)];
    expect(contexts[0]).toBe(contexts[1]);
    expect((await admit({} as Request, other)).requestId).toBe('2');
    expect(asked).toBe(2);
  });

  it('is held by nothing of the request once it was answered', async () => {
    const admit = admittingOnce(async () => ({}) as Context);
    const response = responded();
    await admit({} as Request, response);
    expect(Reflect.ownKeys(response.locals)).toHaveLength(1);
    response.emit('finish');
    expect(Reflect.ownKeys(response.locals)).toEqual([]);
  });

  it('stays the same for what still works when they have hung up', async () => {
    const admit = admittingOnce(async () => ({}) as Context);
    const response = responded();
    const context = await admit({} as Request, response);
    response.emit('close');
    expect(await admit({} as Request, response)).toBe(context);
  });
});

describe('whoever hung up', () => {
  it('is known to have done so, before it was known who they are or after', async () => {
    const keeper = doorkeeper({ db: {} } as Services);
    const asking = (closed: boolean) => {
      const response = Object.assign(new EventEmitter(), {
        set: () => {},
        closed,
        destroyed: closed,
        writableFinished: false,
      });
      const request = { headers: {}, socket: { remoteAddress: '192.0.2.1' }, get: () => undefined };
      return { response, admitted: keeper.admit(request as never, response as never) };
    };
    expect((await asking(true).admitted).allowance?.closed).toBe(true);
    const { response, admitted } = asking(false);
    const { allowance } = await admitted;
    expect(allowance?.closed).toBe(false);
    response.emit('close');
    expect(allowance?.closed).toBe(true);
  });
});
