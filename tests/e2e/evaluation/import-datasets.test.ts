import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logOf } from '../../api/interchange/inspect-fixture.ts';
import { launchBrowser, NO_BROWSER, signInTo } from '../../testkit/browser.ts';
import type { Instance } from '../../testkit/instance.ts';
import { startPrepared } from '../../testkit/prepared-data.ts';
import { signedIn } from '../../testkit/remote.ts';
import { lookAt } from '../every-page.ts';

const logOn = (evalId: string, dataset: string, args: object) =>
  logOf({ evalId, task: 'sums', dataset: { name: dataset, location: dataset }, args });
/** One that states the revision of a published dataset, and one that states none of what may be the same. */
const PINNED = logOn('datasetrun000001', 'org/known', { dataset_revision: 'v2' });
const BARE = logOn('datasetrun000002', 'org/sums', {});

// Skipped only where there is no browser; the reason stands in the title.
describe.skipIf(NO_BROWSER !== null)(
  `the datasets of an import in a browser${NO_BROWSER ? ` (skipped: ${NO_BROWSER})` : ''}`,
  () => {
    let headwater: Instance;
    let browser: Browser;
    let context: BrowserContext;
    let page: Page;
    let path: string;

    beforeAll(async () => {
      [headwater, browser] = await Promise.all([startPrepared(), launchBrowser()]);
      context = await browser.newContext({ baseURL: headwater.web, viewport: { width: 1280, height: 900 } });
      context.setDefaultTimeout(20_000);
      page = await context.newPage();
      await signInTo(page, headwater.account);
      const remote = await signedIn(headwater);
      for (const log of [PINNED, BARE]) {
        const sent = await remote.bringIn({ name: 'sums.json', body: JSON.stringify(log) });
        expect(sent.status).toBe(201);
        path = `/imports/${sent.id}`;
      }
    });
    afterAll(async () => {
      await browser?.close();
      await headwater?.stop();
    });

    const row = () => page.locator('#datasets').getByRole('row').filter({ hasText: 'org/sums' });

    it('are listed with what the file states of them, and a bare name is said to be no revision', async () => {
      await page.goto(path);
      await row().getByText('not stated').first().waitFor();
      await row()
        .getByRole('link', { name: /org\/sums@unspecified/ })
        .waitFor();
      expect(await lookAt(page, path)).toEqual([]);
      await page.setViewportSize({ width: 1280, height: 900 });
    });

    it('are what a person says: the name becomes another name, and the run is tested on that one', async () => {
      await page.goto(path);
      const asked = page.getByRole('link', { name: /^To confirm: \d+$/ });
      const toConfirm = async () => Number((await asked.innerText()).trim());
      const before = await toConfirm();
      await row()
        .getByRole('button', { name: /^Which one is it\?/ })
        .click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: 'Confirm in my name' }).click();
      await dialog.getByText('Choose one.').waitFor();
      await dialog.getByRole('combobox').fill('org/known');
      await page
        .getByRole('option', { name: /org\/known@v2/ })
        .first()
        .click();
      await dialog.getByRole('button', { name: 'Confirm in my name' }).click();
      await row().getByRole('link', { name: 'org/known@v2' }).waitFor();
      expect(await row().getByRole('button').count()).toBe(0);
      // What the dataset is was one of the things to confirm; what the model is still is one.
      expect(await toConfirm()).toBe(before - 1);
    });
  },
);
