import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFindings, launchBrowser, NO_BROWSER, signInTo } from '../../testkit/browser.ts';
import type { Instance } from '../../testkit/instance.ts';
import { startPrepared } from '../../testkit/prepared-data.ts';
import { signedIn } from '../../testkit/remote.ts';
import { watchContext } from '../../testkit/watch.ts';

// Skipped only where there is no browser; the reason stands in the title.
describe.skipIf(NO_BROWSER !== null)(
  `what is recorded, corrected and disputed in a browser${NO_BROWSER ? ` (skipped: ${NO_BROWSER})` : ''}`,
  () => {
    let headwater: Instance;
    let browser: Browser;
    let context: BrowserContext;
    let page: Page;
    let seen: string[];

    beforeAll(async () => {
      [headwater, browser] = await Promise.all([startPrepared(), launchBrowser()]);
      context = await browser.newContext({
        baseURL: headwater.web,
        viewport: { width: 1280, height: 900 },
        reducedMotion: 'reduce',
      });
      context.setDefaultTimeout(20_000);
      seen = await watchContext(context, headwater.web);
      page = await context.newPage();
      await signInTo(page, headwater.account);
    });
    afterAll(async () => {
      await browser?.close();
      await headwater?.stop();
    });

    it('corrects a claim of a model version: the new one stands in place of the old', async () => {
      await page.goto('/models/pythia-6.9b/step143000');
      const claims = page.locator('#claims');
      await claims.getByRole('button', { name: 'Add a claim' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('What it says').selectOption('LICENSE');
      await dialog.getByLabel('Value').fill('a licence that was misread');
      await dialog.getByRole('button', { name: 'Record' }).click();
      await dialog.waitFor({ state: 'detached' });
      const wrong = claims.getByRole('row').filter({ hasText: 'a licence that was misread' });
      await wrong.getByRole('button', { name: 'Correct' }).click();
      await dialog.getByLabel('Value').fill('a licence as it reads');
      await dialog.getByLabel('Why the old one is wrong').fill('It was misread.');
      await dialog.getByRole('button', { name: 'Correct' }).click();
      await claims.getByRole('row').filter({ hasText: 'a licence as it reads' }).waitFor();
      expect(await wrong.count()).toBe(0);
    });

    it('states what a training run used, on its own page', async () => {
      await page.goto('/lineage/training-run%3Amade-in-the-browser');
      await page.getByText('There is nothing here').waitFor();
      const remote = await signedIn(headwater);
      const { trainingRun } = await remote.write(
        'recordTrainingRun',
        { trainingRun: { name: 'made-in-the-browser', stage: 'SFT', startedFrom: 'UNKNOWN' } },
        'trainingRun { ref }',
      );
      await page.goto(`/lineage/${encodeURIComponent(trainingRun.ref)}`);
      await page.getByText('all of it is unaccounted').waitFor();
      await page.getByRole('button', { name: 'State what it was made of' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Input 1: reference').fill('dataset:the-pile@1.0');
      await dialog.getByLabel('Input 1: amount').fill('1');
      await dialog.getByLabel('Source', { exact: true }).fill('A model card');
      await dialog.getByRole('button', { name: 'Record' }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.locator('#composition').getByRole('link', { name: 'the-pile@1.0' }).waitFor();
      expect(await page.getByText('all of it is unaccounted').count()).toBe(0);
      await page.locator('#composition').getByRole('button', { name: 'Correct', exact: true }).click();
      expect(await dialog.getByLabel('Source', { exact: true }).inputValue()).toBe('A model card');
      await dialog.getByLabel('Input 1: amount').fill('0.5');
      await dialog.getByLabel('Why the old one is wrong').fill('It was half of it.');
      await dialog.getByRole('button', { name: 'Correct', exact: true }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Source of the composition: A model card (primary)' }).waitFor();
    });

    it('disputes a statement, one of its inputs, a claim and the record itself, each where it stands', async () => {
      const remote = await signedIn(headwater);
      const { datasetVersion } = await remote.write(
        'registerDatasetVersion',
        {
          dataset: 'disputed-mix',
          version: '1',
          rows: '100',
          derivedFrom: { unit: 'ROWS', complete: true, inputs: [{ of: 'source:books3', amount: 100 }] },
        },
        'datasetVersion { id }',
      );
      await page.goto('/datasets/disputed-mix/1');
      const composition = page.locator('#composition');
      const claims = page.locator('#claims');
      const dispute = async (says: string) => {
        const dialog = page.getByRole('dialog');
        await dialog.getByLabel('What is wrong').fill(says);
        expect(await axeFindings(page)).toEqual([]);
        const shares = await dialog.getByLabel(/^Share at/).count();
        await dialog.getByRole('button', { name: 'Dispute', exact: true }).click();
        await dialog.waitFor({ state: 'detached' });
        await page.getByText(says).waitFor();
        return shares;
      };
      await composition.getByRole('button', { name: 'Dispute the whole statement' }).click();
      expect(await dispute('More went into it.')).toBe(0);
      await composition.getByText('The whole statement is disputed by').waitFor();
      await composition
        .getByRole('row', { name: /books3/i })
        .getByRole('button', { name: 'Dispute' })
        .click();
      expect(await dispute('Half of it is from elsewhere.')).toBe(2);
      await claims.getByRole('row', { name: /rows/i }).getByRole('button', { name: 'Dispute' }).click();
      expect(await dispute('There are fewer rows.')).toBe(0);
      await page.getByRole('main').getByRole('button', { name: 'Dispute', exact: true }).first().click();
      expect(await dispute('It was never released.')).toBe(0);
      await page.getByText('This record is disputed').waitFor();
      expect(await axeFindings(page)).toEqual([]);

      const { node } = await remote.ask(
        `query ($id: ID!) { node(id: $id) { ... on DatasetVersion { disputes { statement targetKind }
          claims { disputes { statement } }
          compositions { disputes { statement } inputs { disputes { statement targetKind } } } } } }`,
        { id: datasetVersion.id },
      );
      expect(node).toEqual({
        disputes: [{ statement: 'It was never released.', targetKind: 'NODE' }],
        claims: [{ disputes: [{ statement: 'There are fewer rows.' }] }],
        compositions: [
          {
            disputes: [{ statement: 'More went into it.' }],
            inputs: [
              {
                disputes: [
                  { statement: 'More went into it.', targetKind: 'COMPOSITION' },
                  { statement: 'Half of it is from elsewhere.', targetKind: 'EDGE' },
                ],
              },
            ],
          },
        ],
      });
    });

    it('takes a dispute back, with a reason', async () => {
      const notice = page.getByRole('main').getByText('It was never released.');
      await notice.getByRole('button', { name: 'Retract' }).click();
      const dialog = page.getByRole('dialog', { name: /^Retract the dispute of / });
      await dialog.getByLabel('Reason').fill('It was.');
      await dialog.getByRole('button', { name: 'Retract', exact: true }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByText('This record is disputed').waitFor({ state: 'detached' });
      await page.getByText('More went into it.').first().waitFor();
    });

    it('offers none of it to whoever is not signed in, and says why', async () => {
      const visitor = await browser.newContext({ baseURL: headwater.web });
      const other = await visitor.newPage();
      await other.goto('/datasets/the-pile/1.0');
      const buttons = other.getByRole('button', { name: 'Dispute', exact: true });
      await buttons.first().waitFor();
      expect(await buttons.first().getAttribute('aria-disabled')).toBe('true');
      await expect
        .poll(() => buttons.first().evaluate((one) => one.querySelector('[id]')?.textContent))
        .toBe('Sign in to correct or add records.');
      await visitor.close();
    });

    it('asked nothing of anyone else and ran no error', () => {
      expect(seen).toEqual([]);
    });
  },
);
