/** What an address counts as: an IPv6 customer has a whole /64, an IPv4 address may come dressed as IPv6. */
export function throttleKey(address: string | null): string {
  if (address === null) return 'local';
  const plain = address.split('%')[0]!.toLowerCase();
  const four = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(plain)?.[1];
  if (four !== undefined) return four;
  return plain.includes(':') ? prefixOf(plain, 4) : plain;
}

/** The site of an IPv6 address, whose customers have up to 65,536 of those; null for any other. */
export function siteKey(address: string | null): string | null {
  const network = throttleKey(address);
  return network.endsWith('::/64') ? prefixOf(network.slice(0, -'/64'.length), 3) : null;
}

/** So many of the eight groups of an IPv6 address, from the front. */
function prefixOf(plain: string, kept: number): string {
  const [head = '', tail] = plain.split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - front.length - back.length);
  const groups = [...front, ...Array<string>(zeros).fill('0'), ...back].map((group) =>
    Number.parseInt(group, 16),
  );
  return `${groups
    .slice(0, kept)
    .map((group) => group.toString(16))
    .join(':')}::/${kept * 16}`;
}
