import { EventEmitter } from 'node:events';
import type { Server } from 'node:http';
import { describe, expect, it } from 'vitest';
import { trustedProxies } from './client-address.ts';
import { boundConnections, CONNECTIONS_OF_ONE } from './http-timeouts.ts';

class Connection extends EventEmitter {
  readonly remoteAddress: string;
  destroyed = false;
  constructor(remoteAddress: string) {
    super();
    this.remoteAddress = remoteAddress;
  }
  destroy(): void {
    this.destroyed = true;
    this.emit('close');
  }
}

describe('the connections of one network', () => {
  const server = Object.assign(new EventEmitter(), { setTimeout: () => {} });
  boundConnections(server as unknown as Server, trustedProxies(['10.0.0.0/8']));
  const connect = (address: string) => {
    const made = new Connection(address);
    server.emit('connection', made);
    return made;
  };
  const many = (address: (i: number) => string) =>
    Array.from({ length: CONNECTIONS_OF_ONE }, (_, i) => connect(address(i)));

  it('are so many at once, and as many again as were closed', () => {
    const open = many(() => '203.0.113.5');
    expect(open.some(({ destroyed }) => destroyed)).toBe(false);
    expect(connect('::ffff:203.0.113.5').destroyed).toBe(true);
    expect(connect('203.0.113.6').destroyed).toBe(false);
    open[0]!.destroy();
    expect(connect('203.0.113.5').destroyed).toBe(false);
    expect(connect('203.0.113.5').destroyed).toBe(true);
  });

  it('are those of all addresses that one holder of IPv6 has', () => {
    many((i) => `2001:db8:1:2::${i.toString(16)}`);
    expect(connect('2001:db8:1:2:ffff::1').destroyed).toBe(true);
    expect(connect('2001:db8:1:3::1').destroyed).toBe(false);
  });

  it.each(['127.0.0.1', '::1', '10.1.2.3'])('are not counted for a proxy of ours: %s', (address) => {
    many(() => address);
    expect(connect(address).destroyed).toBe(false);
  });
});
