/**
 * What a page may load and run: its own scripts by this request's nonce and what those load, its own styles,
 * and nothing of any other origin. The development server needs more, a page that people use does not get it.
 */
export function contentSecurityPolicy(nonce: string, on: { dev: boolean; secure: boolean }): string {
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${on.dev ? " 'unsafe-eval'" : ''}`,
    // Without this, browsers that know no `strict-dynamic` for handlers would fall back to the line above.
    "script-src-attr 'none'",
    on.dev ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    // Widths of bars, shares and the picture stand in style attributes of the served page, which no nonce can
    // allow. They cannot run anything, and what they could load is bounded by the lines below.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' blob: data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(on.secure ? ['upgrade-insecure-requests'] : []),
  ].join('; ');
}
