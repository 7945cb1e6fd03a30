/** Cookies are sent by other sites' forms too; only a page of this site may speak in the user's name. */
export function isOurOwn(request: Request): boolean {
  const origin = request.headers.get('origin');
  if (!origin) return request.headers.get('sec-fetch-site') === 'same-origin';
  const ours = [request.headers.get('host')];
  if (process.env.NEXTAUTH_URL) ours.push(new URL(process.env.NEXTAUTH_URL).host);
  return URL.canParse(origin) && ours.includes(new URL(origin).host);
}
