import type { BrowserContext } from 'playwright-core';

/**
 * Listens to all pages of a context, and notes what no page of ours may do: break its own content security policy,
 * speak with another site, open a dialog, throw, or call `pwned`, which hostile texts try to.
 */
export async function watchContext(context: BrowserContext, site: string): Promise<string[]> {
  const seen: string[] = [];
  const note = (text: string) => void seen.push(text.slice(0, 500));
  const { origin } = new URL(site);
  await context.exposeFunction('pwned', (what: unknown) => note(`pwned(${what}) was called`));
  await context.exposeFunction('violated', (what: string) => note(`content security policy: ${what}`));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const { violated } = window as unknown as { violated(what: string): void };
      const where = `${event.sourceFile}:${event.lineNumber}`;
      violated(
        `${event.effectiveDirective} on ${location.pathname}: ${event.blockedURI} ${event.sample} ${where}`,
      );
    });
  });
  context.on('request', (request) => {
    const url = request.url();
    if (/^(data|blob):/.test(url)) return;
    if (new URL(url).origin !== origin || /\/pwned\b[^&]*$/.test(new URL(url).pathname))
      note(`a request to ${url} from ${request.frame().url()}`);
  });
  context.on('dialog', (dialog) => {
    note(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  context.on('weberror', (error) => note(`an error on ${error.page()?.url()}: ${error.error().message}`));
  context.on('console', (message) => {
    // A resource that is missing says so here; a page that answers 404 is one.
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text()))
      note(`the console of ${message.page()?.url()}: ${message.text()}`);
  });
  return seen;
}
