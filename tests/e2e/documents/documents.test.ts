import { createHash } from 'node:crypto';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, NO_BROWSER, signInTo } from '../../testkit/browser.ts';
import type { Instance } from '../../testkit/instance.ts';
import { startPrepared } from '../../testkit/prepared-data.ts';
import { type Remote, signedIn } from '../../testkit/remote.ts';
import { lookAt } from '../every-page.ts';

const TEXT = 'The machine that would not be switched off, chapter one.\n';
const sha = (text: string) => createHash('sha256').update(text).digest('hex');
const lines = (of: object[]) => of.map((line) => `${JSON.stringify(line)}\n`).join('');

const LINEAGE = lines([
  { node: 'source:web-archive', visibility: 'PUBLIC' },
  { node: 'dataset:web-mix@1', visibility: 'PUBLIC' },
  { node: 'dataset:web-mix@2', visibility: 'PUBLIC' },
  { node: 'training-run:web-run', stage: 'PRETRAINING', startedFrom: 'SCRATCH', visibility: 'PUBLIC' },
  { kind: 'DERIVED_FROM', downstream: 'dataset:web-mix@1', upstream: 'source:web-archive' },
  { kind: 'DERIVED_FROM', downstream: 'dataset:web-mix@2', upstream: 'source:nowhere' },
]);
const handle = (version: number, document: string, text: string) => ({
  dataset: `dataset:web-mix@${version}`,
  document,
  digest: sha(text),
});
const DOCUMENTS = lines([
  ...Array.from({ length: 30 }, (_, i) => handle(1, `page-${String(i).padStart(3, '0')}`, `page ${i}`)),
  handle(1, 'story-1', TEXT),
  { ...handle(2, 'kept/story.txt', TEXT), trainingRun: 'training-run:web-run', step: 128000 },
  { dataset: 'dataset:web-mix@2', document: 'kept/story.txt', trainingRun: 'training-run:web-run', step: 4 },
]);

// Skipped only where there is no browser; the reason stands in the title.
describe.skipIf(NO_BROWSER !== null)(
  `documents in a browser${NO_BROWSER ? ` (skipped: ${NO_BROWSER})` : ''}`,
  () => {
    let headwater: Instance;
    let browser: Browser;
    let context: BrowserContext;
    let page: Page;
    let remote: Remote;

    beforeAll(async () => {
      [headwater, browser] = await Promise.all([startPrepared(), launchBrowser()]);
      context = await browser.newContext({ baseURL: headwater.web, viewport: { width: 1280, height: 900 } });
      context.setDefaultTimeout(20_000);
      page = await context.newPage();
      await signInTo(page, headwater.account);
      remote = await signedIn(headwater);
    });
    afterAll(async () => {
      await browser?.close();
      await headwater?.stop();
    });

    async function send(name: string, body: string): Promise<string> {
      const sent = await remote.bringIn({ name, body });
      expect(sent.status).toBe(202);
      return sent.id;
    }

    it('shows how far an import has come, and which lines were refused', async () => {
      const id = await send('lineage.jsonl', LINEAGE);
      await page.goto(`/imports/${id}`);
      await page.getByText('Taken in').waitFor();
      const standing = page.getByRole('region', { name: 'How far it has come' });
      await expect
        .poll(() => standing.innerText())
        .toMatch(/Lines read\s+6[\s\S]*recorded\s+5[\s\S]*Refused\s+1/);
      await page.getByRole('cell', { name: 'There is no "source:nowhere".' }).waitFor();
      expect(await lookAt(page, `/imports/${id}`)).toEqual([]);
      const stranger = await browser.newContext({ baseURL: headwater.web });
      const other = await stranger.newPage();
      await other.goto(`/imports/${id}`);
      await other.getByText('There is no such import that you may see').waitFor();
      await stranger.close();
    });

    it("lists a version's documents, and finds them by the beginning of an id and by a digest", async () => {
      const id = await send('documents.jsonl', DOCUMENTS);
      await page.goto(`/imports/${id}`);
      await page.getByText('Taken in').waitFor();
      await page.goto('/datasets/web-mix/1');
      const table = page.getByRole('region', { name: 'Documents', exact: true });
      await expect.poll(() => table.getByRole('row').count()).toBe(21);
      await page.getByText('31 document handles').waitFor();
      await page.getByRole('link', { name: 'Next page' }).click();
      await table.getByText('story-1').waitFor();
      const search = page.getByRole('searchbox', { name: 'Search documents by id or digest' });
      await search.fill('page-02');
      await search.press('Enter');
      await expect.poll(() => table.getByRole('row').count()).toBe(11);
      await search.fill(sha(TEXT));
      await search.press('Enter');
      await expect.poll(() => table.getByRole('row').count()).toBe(2);
      await search.fill('nothing');
      await search.press('Enter');
      await page.getByText('No id begins with “nothing”').waitFor();
      await page.getByRole('link', { name: 'Clear the search' }).click();
      await expect.poll(() => table.getByRole('row').count()).toBe(21);
      expect(await lookAt(page, '/datasets/web-mix/1?document=page-02')).toEqual([]);
    });

    it('finds a dropped file in all dataset versions by its digest, and sends it nowhere', async () => {
      await page.goto('/datasets');
      await page.getByRole('link', { name: 'Find a document' }).click();
      await page.getByRole('heading', { name: 'By the document itself' }).waitFor();
      const sent: string[] = [];
      page.on('request', (request) => sent.push(request.postData() ?? ''));
      await page.locator('input[type=file]').setInputFiles({
        name: 'story.txt',
        mimeType: 'text/plain',
        buffer: Buffer.from(TEXT),
      });
      const found = page.getByRole('region', { name: 'Where this document is held' });
      await found.getByRole('link', { name: 'web-mix@1' }).waitFor();
      expect(page.url()).toContain(sha(TEXT));
      expect(await found.innerText()).toMatch(/web-mix@2\s+kept\/story.txt\s+web-run at steps 4, 128,000/);
      expect(sent.filter((body) => body.includes('would not be switched off'))).toEqual([]);
      expect(await lookAt(page, `/documents?digest=${sha(TEXT)}`)).toEqual([]);
    });

    it('says so where nothing has the digest, and where what was typed is none', async () => {
      await page.goto(`/documents?digest=${sha('nothing of the kind')}`);
      await page.getByText('No dataset version here holds this document').waitFor();
      const search = page.getByRole('searchbox', { name: 'Digest of the document' });
      await search.fill('abc');
      await search.press('Enter');
      await page.getByText('This is no digest').waitFor();
      expect(await lookAt(page, '/documents?digest=abc')).toEqual([]);
    });
  },
);
