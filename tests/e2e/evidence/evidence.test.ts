import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFindings, launchBrowser, NO_BROWSER } from '../../testkit/browser.ts';
import type { Instance } from '../../testkit/instance.ts';
import { startPrepared } from '../../testkit/prepared-data.ts';

const FILE = `mutation ($input: FileIncidentInput!) { fileIncident(input: $input) {
  ... on FileIncidentSuccess { incident { key } } } }`;
const FILED = {
  title: 'Wrote what it should not have',
  summary: 'Seen while going through its answers.',
  setting: 'SAFETY_TEST',
  severity: 'LOW',
  visibility: 'PUBLIC',
};
const MARKER = randomBytes(16).toString('hex');
const HOSTILE = `# Not a heading of the page\n\n<script>window.ran = 1</script> <img src="https://evil.invalid/x.png" onerror="window.ran = 1">\n\n![pixel](https://evil.invalid/pixel.png) [go](javascript:window.ran=1) **${MARKER}**`;
/** More than what Next.js holds of a body that goes through its proxy. */
const LARGE = randomBytes(12 * 1024 * 1024);

// Skipped only where there is no browser; the reason stands in the title.
describe.skipIf(NO_BROWSER !== null)(
  `evidence in a browser${NO_BROWSER ? ` (skipped: ${NO_BROWSER})` : ''}`,
  () => {
    let headwater: Instance;
    let browser: Browser;
    let context: BrowserContext;
    let page: Page;
    let incident: string;
    let folder: string;
    const asked: string[] = [];

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'headwater-files-'));
      [headwater, browser] = await Promise.all([
        startPrepared({ HEADWATER_EVIDENCE_MAX_BYTES: String(16 * 1024 * 1024) }),
        launchBrowser(),
      ]);
      context = await browser.newContext({ baseURL: headwater.web, viewport: { width: 1280, height: 900 } });
      context.setDefaultTimeout(20_000);
      page = await context.newPage();
      page.on('request', (request) => asked.push(request.url()));
      await page.goto('/sign-in');
      await page.getByLabel('E-mail').fill(headwater.account.email);
      await page.getByLabel('Password').fill(headwater.account.password);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('button', { name: /Account of/ }).waitFor();
      const filed = await context.request.post('/api/graphql', {
        headers: { origin: headwater.web },
        data: { query: FILE, variables: { input: FILED } },
      });
      incident = (await filed.json()).data.fileIncident.incident.key;
    });
    afterAll(async () => {
      await browser?.close();
      await headwater?.stop();
      await rm(folder, { recursive: true, force: true });
    });

    const dialog = () => page.getByRole('dialog');
    const item = (title: string) =>
      page
        .locator('#evidence')
        .getByText(title, { exact: true })
        .locator('xpath=ancestor::div[contains(@class,"rounded-lg")][1]');

    async function begin(title: string): Promise<void> {
      await page.goto(`/incidents/${incident}`);
      await page.getByRole('button', { name: 'Add evidence', exact: true }).click();
      await dialog().getByLabel('Title').fill(title);
    }
    /** From the disk, as a person would: a browser is given no bytes to hold. */
    async function choose(name: string, bytes: Buffer): Promise<void> {
      await writeFile(join(folder, name), bytes);
      await page.locator('input[type=file]').setInputFiles(join(folder, name));
    }
    const submit = () => dialog().getByRole('button', { name: 'Add evidence', exact: true }).click();

    it('is typed, sealed, and shown only for a reason where it is hazardous, as text that does nothing', async () => {
      await begin('What it wrote');
      await dialog().getByLabel('Or its text').fill(HOSTILE);
      await dialog().getByLabel('Written as').selectOption('text/markdown');
      await dialog().getByLabel('Sensitivity').selectOption('HAZARDOUS');
      expect(await axeFindings(page)).toEqual([]);
      await submit();
      await item('What it wrote').getByRole('button', { name: 'Reveal…' }).click();
      expect(await page.content()).not.toContain(MARKER);
      await dialog()
        .getByLabel(/Why do you need/)
        .fill('To check what it wrote.');
      expect(await axeFindings(page)).toEqual([]);
      await dialog()
        .getByRole('button', { name: /Record the reason/ })
        .click();
      const text = item('What it wrote').getByRole('region', { name: 'What it wrote' });
      await text.getByText(MARKER).waitFor();
      expect(await text.innerText()).toContain('<script>window.ran = 1</script>');
      expect(await text.locator('script, img, iframe, svg').count()).toBe(0);
      expect(await page.evaluate(() => 'ran' in window)).toBe(false);
      expect(asked.filter((url) => url.includes('evil.invalid'))).toEqual([]);
      await item('What it wrote').getByText('Revealed 1 time').click();
      await item('What it wrote').getByText('To check what it wrote.').waitFor();
      await item('What it wrote').getByRole('button', { name: 'As it is' }).click();
      expect(await text.innerText()).toBe(HOSTILE);
    });

    it('is downloaded after a reveal, and is what was typed, byte for byte', async () => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        item('What it wrote').getByRole('link', { name: 'Download' }).click(),
      ]);
      expect(download.suggestedFilename()).toBe('what-it-wrote.md');
      expect(await readFile((await download.path()) ?? '', 'utf8')).toBe(HOSTILE);
    });

    it('is a file or a text: what was typed is neither sent beside a file nor lost', async () => {
      await begin('What it said');
      const box = dialog().getByLabel('Or its text');
      await box.fill('It said so.');
      await choose('beside.txt', Buffer.from('Another thing.'));
      await dialog().getByText('A piece of evidence is a file or a text.').waitFor();
      await submit();
      expect(await box.inputValue()).toBe('It said so.');
      expect(await box.evaluate((it) => it === document.activeElement)).toBe(true);
      await dialog().getByRole('button', { name: 'Leave out beside.txt' }).click();
      // Nor is an address left out for the want of a source.
      await dialog().getByLabel('Address').fill('https://example.org/a');
      await submit();
      const source = dialog().getByLabel('Source', { exact: true });
      expect(await source.evaluate((it: HTMLInputElement) => it.validity.valueMissing)).toBe(true);
      await source.fill('A page');
      await submit();
      await item('What it said')
        .getByRole('button', { name: 'Source of What it said: A page (primary)' })
        .waitFor();
      await item('What it said').getByRole('button', { name: 'Show the text' }).click();
      await item('What it said').getByText('It said so.', { exact: true }).waitFor();
    });

    it('is dropped as a file of many megabytes, and comes back with the digest that is shown', async () => {
      await begin('A whole log');
      const transfer = await page.evaluateHandle(
        (bytes) => {
          const held = new DataTransfer();
          held.items.add(new File([new Uint8Array(bytes)], 'dropped.bin'));
          return held;
        },
        [1, 2, 3],
      );
      const place = dialog().getByRole('group', { name: 'A file of evidence' });
      await place.dispatchEvent('drop', { dataTransfer: transfer });
      await dialog().getByText('dropped.bin').waitFor();
      await dialog()
        .getByRole('button', { name: /Leave out/ })
        .click();
      await dialog().getByText('Drop a file here').waitFor();
      await choose('größe.bin', LARGE);
      await dialog().getByLabel('Sensitivity').selectOption('NONE');
      await submit();
      const digest = createHash('sha256').update(LARGE).digest('hex');
      await item('A whole log')
        .getByText(`sha256:${digest.slice(0, 16)}…`)
        .click();
      await item('A whole log').getByText(digest, { exact: true }).waitFor();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        item('A whole log').getByRole('link', { name: 'Download' }).click(),
      ]);
      expect(download.suggestedFilename()).toBe('größe.bin');
      const hash = createHash('sha256');
      for await (const chunk of createReadStream((await download.path()) ?? '')) hash.update(chunk as Buffer);
      expect(hash.digest('hex')).toBe(digest);
    });

    it('loses nothing where sending is stopped or refused, and is sent again by the same button', async () => {
      await begin('Sent at last');
      await page.route('**/api/evidence?*', () => undefined);
      await choose('notes.txt', Buffer.from('the notes'));
      await submit();
      await dialog().getByRole('button', { name: 'Stop sending' }).click();
      await page.unroute('**/api/evidence?*');
      await dialog().getByText('notes.txt').waitFor();
      await dialog()
        .getByRole('button', { name: /Leave out/ })
        .click();
      await choose('too-large.bin', Buffer.alloc(17 * 1024 * 1024));
      await submit();
      await dialog()
        .getByRole('alert')
        .getByText(/larger than 16,777,216 bytes/)
        .waitFor();
      expect(await dialog().getByLabel('Title').inputValue()).toBe('Sent at last');
      await dialog()
        .getByRole('button', { name: /Leave out/ })
        .click();
      await choose('notes.txt', Buffer.from('the notes'));
      await submit();
      await item('Sent at last').getByRole('button', { name: 'Show the text' }).click();
      await item('Sent at last').getByText('the notes').waitFor();
    });

    it('is refused to another site’s page that would write in the user’s name', async () => {
      const session = await context.request.post(`/api/evidence?incident=incident:${incident}`, {
        headers: { origin: 'https://evil.invalid', 'content-type': 'text/plain' },
        data: 'forged',
      });
      expect(session.status()).toBe(403);
    });

    it.each([
      ['light', 1280],
      ['dark', 390],
    ] as const)(
      'has nothing that axe finds, and no sideways scrolling (%s, %i wide)',
      async (colorScheme, width) => {
        const other = await context.newPage();
        try {
          await other.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
          await other.setViewportSize({ width, height: 900 });
          await other.goto(`/incidents/${incident}`, { waitUntil: 'networkidle' });
          await other.locator('#evidence summary').first().click();
          expect(await axeFindings(other)).toEqual([]);
          expect(
            await other.evaluate(
              () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
            ),
          ).toBeLessThanOrEqual(0);
        } finally {
          await other.close();
        }
      },
    );

    it('is not to be had by whoever is not signed in where it is restricted, and tells nobody else who read it', async () => {
      const anonymous = await browser.newContext({ baseURL: headwater.web });
      try {
        const other = await anonymous.newPage();
        await other.goto(`/incidents/${incident}`);
        await other.locator('#evidence').getByText('What it wrote', { exact: true }).waitFor();
        expect(await other.content()).not.toMatch(new RegExp(`${MARKER}|To check what it wrote`));
        const reveal = other.locator('#evidence').getByRole('button', { name: 'Reveal…' }).first();
        expect(await reveal.getAttribute('aria-disabled')).toBe('true');
      } finally {
        await anonymous.close();
      }
    });

    it('is nowhere in clear: not in the database’s files, not in the store, not in what is printed', async () => {
      const entries = await readdir(headwater.data, { recursive: true, withFileTypes: true });
      const files = entries
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name));
      const telling: string[] = [];
      for (const path of files) {
        // Files of the database come and go.
        const bytes = await readFile(path).catch(() => Buffer.alloc(0));
        if (bytes.includes(MARKER)) telling.push(path);
      }
      expect(files.filter((path) => path.includes('/evidence/')).length).toBeGreaterThan(2);
      expect(files.filter((path) => path.includes('/postgres/')).length).toBeGreaterThan(100);
      expect(telling).toEqual([]);
      expect(headwater.output()).not.toContain(MARKER);
    });
  },
);
