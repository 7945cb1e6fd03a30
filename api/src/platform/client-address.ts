import { BlockList, isIP } from 'node:net';

/** Says of an address whether it is a proxy of ours, whose word about the caller's address counts. */
export type TrustedProxies = (address: string) => boolean;

/** What is asked of a request: its socket and its headers. */
interface Asked {
  socket: { remoteAddress?: string | undefined };
  headers: Readonly<Record<string, string | string[] | undefined>>;
}

const LONGEST_CHAIN = 32;

/**
 * Trusts this machine, where the web runs, and `others`: addresses or networks such as `10.0.0.0/8`.
 * @throws Error naming an entry that is neither.
 */
export function trustedProxies(others: readonly string[] = []): TrustedProxies {
  const list = new BlockList();
  list.addSubnet('127.0.0.0', 8, 'ipv4');
  list.addAddress('::1', 'ipv6');
  for (const entry of others) {
    const [address = '', bits] = entry.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    const widest = family === 'ipv6' ? 128 : 32;
    const prefix = bits === undefined ? widest : Number(bits);
    if (isIP(address) === 0 || !Number.isInteger(prefix) || prefix < 0 || prefix > widest || bits === '')
      throw new Error(`${entry} is no address and no network.`);
    list.addSubnet(address, prefix, family);
  }
  return (address) => list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

/**
 * The caller's network address. A proxy is believed about whom it passes on, one step at a time, and only as far as
 * each is a proxy of ours: whatever a caller writes into the header itself stands left of that and is not read.
 */
export function clientAddress(request: Asked, trusted: TrustedProxies): string | null {
  const peer = plain(request.socket.remoteAddress ?? '');
  if (peer === null) return null;
  const header = request.headers['x-forwarded-for'];
  const chain = (Array.isArray(header) ? header.join(',') : (header ?? '')).split(',').slice(-LONGEST_CHAIN);
  let address = peer;
  while (trusted(address)) {
    const next = plain((chain.pop() ?? '').trim());
    if (next === null) break;
    address = next;
  }
  return address;
}

/** What shares one allowance: an IPv4 address, or the /64 that one holder of IPv6 addresses has at least. */
export function networkOf(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = '', tail] = address.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const groups = [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right];
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}

/** The address without a zone, and an IPv4 one in its own form; null where it is none. */
function plain(text: string): string | null {
  const address = text.replace(/%.*$/, '').toLowerCase();
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(address)?.[1];
  if (mapped !== undefined) return isIP(mapped) === 4 ? mapped : null;
  return isIP(address) === 0 ? null : address;
}
