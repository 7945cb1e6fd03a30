import { EventEmitter } from 'node:events';
import type { Request, Response } from 'express';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DRAIN_MS, endingUnread } from './http-upload.ts';

describe('a body that was answered before it was whole', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function answered(complete: boolean) {
    const request = { complete, resume: vi.fn(), destroy: vi.fn() };
    const response = new EventEmitter();
    endingUnread(request as unknown as Request, response as Response, () => {});
    response.emit('finish');
    return request;
  }

  it('is let go by for a time, and then ended', () => {
    const request = answered(false);
    expect(request.resume).toHaveBeenCalled();
    vi.advanceTimersByTime(DRAIN_MS - 1);
    expect(request.destroy).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(request.destroy).toHaveBeenCalledOnce();
  });

  it('is left alone where it comes to its end in time', () => {
    const request = answered(false);
    request.complete = true;
    vi.advanceTimersByTime(DRAIN_MS);
    expect(request.destroy).not.toHaveBeenCalled();
    expect(answered(true).resume).not.toHaveBeenCalled();
  });
});
