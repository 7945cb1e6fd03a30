import { describe, expect, it } from 'vitest';
import { Throttle, throttleKey } from './throttle.ts';

describe('the throttle', () => {
  it('lets a key wait after so many failures, until the first of them is out of the window', () => {
    const throttle = new Throttle(3, 60_000);
    for (const at of [0, 10_000, 20_000]) {
      expect(throttle.wait('a', at)).toBe(0);
      throttle.fail('a', at);
    }
    expect(throttle.wait('a', 30_000)).toBe(30);
    expect(throttle.wait('b', 30_000)).toBe(0);
    expect(throttle.wait('a', 60_000)).toBe(0);
  });

  it('forgets a key that succeeded, and takes back a single failure', () => {
    const throttle = new Throttle(2, 60_000);
    throttle.fail('a', 1);
    throttle.fail('a', 2);
    throttle.forgive('a', 2);
    expect(throttle.wait('a', 3)).toBe(0);
    throttle.fail('a', 3);
    expect(throttle.wait('a', 3)).toBeGreaterThan(0);
    throttle.succeed('a');
    expect(throttle.wait('a', 3)).toBe(0);
  });

  it('holds so many keys at most, and when full forgets who failed longest ago and nobody else', () => {
    const throttle = new Throttle(1, 60_000, 100);
    throttle.fail('first', 0);
    for (let i = 0; i < 99; i += 1) throttle.fail(`other ${i}`, 1);
    throttle.fail('first', 2);
    for (let i = 0; i < 50; i += 1) throttle.fail(`flood ${i}`, 3);
    expect(throttle.size).toBe(100);
    expect(throttle.wait('first', 4)).toBeGreaterThan(0);
    expect(throttle.wait('other 0', 4)).toBe(0);
    expect(throttle.wait('other 98', 4)).toBeGreaterThan(0);
  });

  it('clears away what is out of the window as it goes', () => {
    const throttle = new Throttle(1, 1_000);
    for (let i = 0; i < 1_000; i += 1) throttle.fail(`key ${i}`, i);
    throttle.fail('last', 5_000);
    expect(throttle.size).toBe(1);
  });
});

describe('what an address counts as', () => {
  it('is itself for IPv4, however it is written', () => {
    expect(throttleKey('192.0.2.7')).toBe('192.0.2.7');
    expect(throttleKey('::ffff:192.0.2.7')).toBe('192.0.2.7');
    expect(throttleKey(null)).toBe('local');
  });

  it('is the /64 for IPv6, of which one customer has all', () => {
    const same = [
      '2001:db8:1:2::1',
      '2001:DB8:1:2:ffff::',
      '2001:0db8:0001:0002:3:4:5:6',
      '2001:db8:1:2::1%eth0',
    ];
    expect(new Set(same.map(throttleKey))).toEqual(new Set(['2001:db8:1:2::/64']));
    expect(throttleKey('2001:db8:1:3::1')).not.toBe(throttleKey('2001:db8:1:2::1'));
    expect(throttleKey('::1')).toBe('0:0:0:0::/64');
  });
});
