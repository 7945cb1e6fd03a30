/**
 * Runs in the page: what stands in its document that no page of ours makes, so it can only have come from a text.
 * This finds an injection even where the content security policy keeps it from running.
 */
export function auditDocument(): string[] {
  const found: string[] = [];
  const never =
    'iframe, frame, frameset, object, embed, applet, base, portal, marquee, math, foreignObject, template[shadowrootmode], svg script, svg a, svg animate, svg set, svg use, svg image, meta[http-equiv], x-pwned, custom-pwned';
  for (const element of document.querySelectorAll('*')) {
    const name = element.localName;
    const say = (what: string) => found.push(`<${name}> ${what}`.slice(0, 300));
    if (element.matches(never)) say('is no element of ours');
    if (name === 'script' && !(element as HTMLScriptElement).nonce && !(element as HTMLScriptElement).src)
      say('has no nonce');
    for (const { name: attribute, value } of element.attributes) {
      if (/^on/i.test(attribute)) say(`has ${attribute}`);
      if (/^(href|src|action|formaction|xlink:href|data|srcset|poster|ping|background)$/i.test(attribute)) {
        if (value === '' || name === 'script' || name === 'link') continue;
        const { protocol } = new URL(value, document.baseURI);
        if (!/^https?:$/.test(protocol) && !(name === 'img' && /^(blob|data):$/.test(protocol)))
          say(`leads to ${value}`);
        if (/evil\.invalid$/.test(new URL(value, document.baseURI).hostname)) say(`leads to ${value}`);
      }
    }
  }
  return found;
}
