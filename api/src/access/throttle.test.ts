import { describe, expect, it } from 'vitest';
import { siteKey, throttleKey } from './throttle.ts';

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

  it('is of the /48 for IPv6 as well, of which one line may have many', () => {
    expect(siteKey('2001:db8:1:2::1')).toBe('2001:db8:1::/48');
    expect(siteKey('2001:DB8:1:ffff:3:4:5:6')).toBe('2001:db8:1::/48');
    expect(siteKey('2001:db8::1')).toBe('2001:db8:0::/48');
    expect([siteKey('192.0.2.7'), siteKey('::ffff:192.0.2.7'), siteKey(null)]).toEqual([null, null, null]);
  });
});
