/** Characters that are not seen, or turn the text around them: an address that holds one is not what it seems. */
const UNSEEN = /[\p{C}\p{Z}]/u;

/**
 * Where a link out may lead, as the browser would go there, or null where it may not be a link: only http and
 * https, with a host, with nothing before the host that could be taken for it.
 */
export function safeHref(address: string): string | null {
  if (!/^https?:\/\//i.test(address) || UNSEEN.test(address) || !URL.canParse(address)) return null;
  const url = new URL(address);
  const leadsOut = url.protocol === 'http:' || url.protocol === 'https:';
  return leadsOut && url.username === '' && url.password === '' ? url.href : null;
}
