import { describe, expect, it } from 'vitest';
import { clientAddress, networkOf, trustedProxies } from './client-address.ts';

const from = (remoteAddress: string | undefined, forwarded?: string) => ({
  socket: { remoteAddress },
  headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
});

describe("the caller's address", () => {
  const local = trustedProxies();
  const behind = trustedProxies(['10.0.0.0/8', '2001:db8::7']);

  it('is what the web on this machine passes on', () => {
    expect(clientAddress(from('127.0.0.1', '198.51.100.7'), local)).toBe('198.51.100.7');
    expect(clientAddress(from('::ffff:127.0.0.1', '2001:DB8::1'), local)).toBe('2001:db8::1');
  });

  it('is the socket where the sender is no proxy of ours, whatever it claims', () => {
    expect(clientAddress(from('203.0.113.9', '198.51.100.7'), local)).toBe('203.0.113.9');
    expect(clientAddress(from('10.1.2.3', '198.51.100.7'), local)).toBe('10.1.2.3');
  });

  it('is the last one in the chain that is no proxy of ours, not what the caller wrote before it', () => {
    expect(clientAddress(from('127.0.0.1', '1.1.1.1, 198.51.100.7, 10.0.0.2'), behind)).toBe('198.51.100.7');
    expect(clientAddress(from('2001:db8::7', '1.1.1.1, 198.51.100.7'), behind)).toBe('198.51.100.7');
  });

  it('is the proxy itself where it passes on nothing, or no address', () => {
    expect(clientAddress(from('127.0.0.1'), local)).toBe('127.0.0.1');
    expect(clientAddress(from('127.0.0.1', 'unknown, <script>'), local)).toBe('127.0.0.1');
  });

  it('is null where there is no socket any more', () => {
    expect(clientAddress(from(undefined, '198.51.100.7'), local)).toBeNull();
  });

  it('refuses a list of proxies with an entry that is none', () => {
    for (const entry of ['10.0.0.0/33', 'proxy.example.org', '10.0.0.0/', '::1/129', ''])
      expect(() => trustedProxies([entry]), entry).toThrow(/no address/);
  });

  it('counts one holder of IPv6 addresses once', () => {
    expect(networkOf('2001:db8:0:1::1')).toBe('2001:db8:0:1::/64');
    expect(networkOf('2001:db8::1:0:0:7')).toBe('2001:db8:0:0::/64');
    expect(networkOf('2001:0db8:0000:0001:ffff::')).toBe('2001:db8:0:1::/64');
    expect(networkOf('198.51.100.7')).toBe('198.51.100.7');
  });
});
