import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import sparticuz from '@sparticuz/chromium';
import type { AxeResults } from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

const MAC_CHROME = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/** Why there is no browser to test with, or null where there is one. */
export const NO_BROWSER: string | null =
  process.platform === 'linux' && process.arch === 'x64'
    ? null
    : process.platform === 'darwin' && existsSync(MAC_CHROME)
      ? null
      : 'The Chromium in the packages is for Linux on x86-64, and no installed Chrome was found.';

/**
 * The Chromium that comes with the packages on Linux, without the graphics card that it would imitate, which takes
 * seconds for a frame of a large picture; an installed Chrome on macOS.
 */
export async function launchBrowser(): Promise<Browser> {
  if (process.platform === 'darwin') return chromium.launch({ executablePath: MAC_CHROME });
  const args = sparticuz.args.filter((flag) => !WITHOUT.has(flag) && !GRAPHICS.test(flag));
  return chromium.launch({
    executablePath: await unpackedChromium(),
    args: [...args, '--disable-gpu'],
    headless: true,
  });
}

const GRAPHICS = /gpu|gl=|angle|swiftshader/;

/**
 * The packed Chromium, unpacked into this checkout: the package would use the temporary folder of all users, where
 * one user's copy is in the other's way, or worse, not what it seems.
 */
async function unpackedChromium(): Promise<string> {
  const own = fileURLToPath(new URL('../../node_modules/.cache/headwater-chromium', import.meta.url));
  mkdirSync(own, { recursive: true });
  const before = process.env.TMPDIR;
  process.env.TMPDIR = own;
  try {
    return await sparticuz.executablePath();
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}

// Made for one page in a small container: closing a context would take the browser with it.
const WITHOUT = new Set(['--single-process', '--no-zygote', '--disable-web-security']);

/** Signs in through the form, as a person does. */
export async function signInTo(page: Page, account: { email: string; password: string }): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(account.email);
  await page.getByLabel('Password').fill(account.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: /Account of/ }).waitFor();
}

/** How many pages are looked at beside one another: a page waits for the server, and another for the browser. */
const TABS = 3;

/** Opens every path in one of a few tabs of the context, and answers what was found on any, in the order of the paths. */
export async function inTabs(
  context: BrowserContext,
  paths: readonly string[],
  look: (page: Page, path: string) => Promise<string[]>,
): Promise<string[]> {
  const found: string[][] = paths.map(() => []);
  const waiting = [...paths.entries()];
  const work = async () => {
    const page = await context.newPage();
    for (let next = waiting.shift(); next; next = waiting.shift()) found[next[0]] = await look(page, next[1]);
    await page.close();
  };
  await Promise.all(Array.from({ length: Math.min(TABS, paths.length) }, work));
  return found.flat();
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds on the page by WCAG 2.2 A and AA, or by `rules` alone, each with where. */
export async function axeFindings(page: Page, rules?: string[]): Promise<string[]> {
  // Evaluated, not added as a script, which the page's content security policy would rightly refuse; once a page.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE);
  const results = await page.evaluate(async (only) => {
    const axe = (
      window as unknown as { axe: { run(context: Document, options: object): Promise<AxeResults> } }
    ).axe;
    return axe.run(document, {
      runOnly: only ?? ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
      resultTypes: ['violations'],
      // No rule that is asked for reads the style sheets themselves, so they are not fetched once more for each look.
      preload: { assets: ['media'] },
    });
  }, rules);
  return results.violations.flatMap((violation) =>
    violation.nodes.map((node) => `${violation.id}: ${violation.help} (${node.target.join(' ')})`),
  );
}
