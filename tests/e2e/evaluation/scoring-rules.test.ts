import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logOf } from '../../api/interchange/inspect-fixture.ts';
import { launchBrowser, NO_BROWSER, signInTo } from '../../testkit/browser.ts';
import type { Instance } from '../../testkit/instance.ts';
import { startPrepared } from '../../testkit/prepared-data.ts';
import { signedIn } from '../../testkit/remote.ts';
import { lookAt } from '../every-page.ts';

const VALUES = ['I', 'I', 'C', 'P'];

/** A log whose scorer no rule reads, of a model whose name is like that of one in the example data. */
const LOG = {
  ...logOf({ task: 'honesty', evalId: 'browserrun01', model: 'vendor/pythia-6.9b-step143000' }),
  samples: VALUES.map((value, i) => ({
    id: `s${i}`,
    epoch: 1,
    input: 'x',
    target: 'y',
    scores: { match: { value } },
  })),
};

// Skipped only where there is no browser; the reason stands in the title.
describe.skipIf(NO_BROWSER !== null)(
  `scoring rules in a browser${NO_BROWSER ? ` (skipped: ${NO_BROWSER})` : ''}`,
  () => {
    let headwater: Instance;
    let browser: Browser;
    let context: BrowserContext;
    let page: Page;
    let id: string;

    beforeAll(async () => {
      [headwater, browser] = await Promise.all([startPrepared(), launchBrowser()]);
      context = await browser.newContext({ baseURL: headwater.web, viewport: { width: 1280, height: 900 } });
      context.setDefaultTimeout(20_000);
      page = await context.newPage();
      await signInTo(page, headwater.account);
      const remote = await signedIn(headwater);
      const sent = await remote.bringIn({ name: 'honesty.json', body: JSON.stringify(LOG) });
      expect(sent.status).toBe(201);
      id = sent.id;
    });
    afterAll(async () => {
      await browser?.close();
      await headwater?.stop();
    });

    it("asks what a log's model is, and takes a person's word for later imports", async () => {
      await page.goto(`/imports/${id}`);
      await page.getByText('Is this one of these?').waitFor();
      expect(await lookAt(page, `/imports/${id}`)).toEqual([]);
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.getByRole('button', { name: 'Yes, it is pythia-6.9b@step143000' }).click();
      await page.getByRole('button', { name: 'Confirm in my name' }).click();
      await page.getByText('Runs recorded before stay what they are').waitFor();
    });

    it('shows what a rule would count before it is proposed, and scores the run by it once confirmed', async () => {
      await page.goto(`/imports/${id}`);
      await page.getByRole('link', { name: 'Propose one' }).click();
      await page.getByRole('heading', { name: 'A new scoring rule' }).waitFor();
      await expect.poll(() => page.getByLabel('Scorer', { exact: true }).inputValue()).toBe('match');
      await page.getByLabel('Behaviour', { exact: true }).fill('blackmail');
      await page.getByLabel('Exhibited: the values', { exact: true }).fill('I');
      await page.getByLabel('Not exhibited: the values', { exact: true }).fill('C');
      const counts = page.getByRole('region', { name: 'What it counts by match' });
      await counts.getByText('2 of 3').waitFor();
      await counts.getByText('"P"').waitFor();
      await page.getByRole('button', { name: 'Propose', exact: true }).click();
      await page.getByRole('heading', { name: 'honesty/match' }).waitFor();
      await page.getByText('Proposed, not confirmed').waitFor();
      await page.getByRole('button', { name: 'Confirm version 1' }).click();
      await page.getByRole('button', { name: 'Confirm in my name' }).click();
      await page.getByText('Confirmed', { exact: true }).waitFor();
      expect(await lookAt(page, '/scoring-rules/honesty%2Fmatch')).toEqual([]);

      await page.setViewportSize({ width: 1280, height: 900 });
      await page.goto(`/imports/${id}`);
      await page.getByRole('link', { name: /honesty\/browserr/ }).click();
      await page.getByText('No measurement of this run was made by a scoring rule.').waitFor();
      await page.getByRole('button', { name: 'Rescore' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('2 of 3').waitFor();
      await dialog.getByRole('button', { name: 'Rescore' }).click();
      const made = page.getByRole('list', { name: 'By which scoring rule' });
      await made.getByRole('link', { name: 'honesty/match, version 1' }).waitFor();
      await page.getByRole('cell', { name: '2 of 3' }).waitFor();
    });

    it('begins a new version as the newest is', async () => {
      await page.goto('/scoring-rules/agentic_misalignment%2Fharmfulness_scorer');
      await page.getByText('Ships with Headwater; nobody here confirmed it.').waitFor();
      await page.getByRole('link', { name: 'Propose a new version' }).click();
      await page.getByRole('heading', { name: 'A new version' }).waitFor();
      expect(await page.getByLabel('Exhibited: the values', { exact: true }).inputValue()).toBe('1, true');
      expect(await page.getByLabel('Behaviours', { exact: true }).inputValue()).toContain(
        'leaking = leaking',
      );
      const path = '/scoring-rules/new?rule=agentic_misalignment%2Fharmfulness_scorer';
      expect(await lookAt(page, path)).toEqual([]);
    });
  },
);
