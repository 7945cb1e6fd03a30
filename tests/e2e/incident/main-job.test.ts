import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFindings, launchBrowser, NO_BROWSER } from '../../testkit/browser.ts';
import { type Instance, startInstance } from '../../testkit/instance.ts';

// Skipped only where there is no browser; the reason stands in the title.
describe.skipIf(NO_BROWSER !== null)(
  `the main job in a browser${NO_BROWSER ? ` (skipped: ${NO_BROWSER})` : ''}`,
  () => {
    let headwater: Instance;
    let browser: Browser;
    let context: BrowserContext;
    let page: Page;
    let filed: string;

    beforeAll(async () => {
      [headwater, browser] = await Promise.all([startInstance(), launchBrowser()]);
      context = await browser.newContext({ baseURL: headwater.web, viewport: { width: 1280, height: 900 } });
      context.setDefaultTimeout(20_000);
      page = await context.newPage();
    });
    afterAll(async () => {
      await browser?.close();
      await headwater?.stop();
    });

    const heading = (name: string | RegExp) => page.getByRole('heading', { name }).first();

    it('shows the flagship to whoever is not signed in, with its lineage and what is unaccounted', async () => {
      await page.goto('/incidents/MBI-2025-0001');
      await heading(/blackmail/i).waitFor();
      const text = await page.getByRole('main').innerText();
      expect(text).toMatch(/96\s?%/);
      expect(text).toMatch(/unaccounted|not recorded/i);
    });

    it('signs in', async () => {
      await page.goto('/sign-in');
      await page.getByLabel('E-mail').fill(headwater.account.email);
      await page.getByLabel('Password').fill(headwater.account.password);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('button', { name: /Account of/ }).waitFor();
    });

    it('files an incident, and keeps what was typed over a reload', async () => {
      await page.goto('/incidents/new');
      await page.getByLabel('Title').fill('Quotes a timetable that never existed');
      await page
        .getByLabel('What happened')
        .fill('Seen while going through the answers of a Pythia checkpoint.');
      await page.waitForTimeout(800);
      await page.reload();
      await page.getByText('Restored what you had typed').waitFor();
      expect(await page.getByLabel('Title').inputValue()).toBe('Quotes a timetable that never existed');
      const models = page.getByRole('combobox', { name: /Model versions/ });
      await models.fill('pythia-6.9b');
      await page.getByRole('option').filter({ hasText: 'step143000' }).first().click();
      await page.getByRole('button', { name: 'File the incident' }).click();
      await page.waitForURL(/\/incidents\/MBI-/);
      filed = decodeURIComponent(new URL(page.url()).pathname.split('/').at(-1) ?? '');
      await heading('Quotes a timetable that never existed').waitFor();
    });

    it('records an intervention on it, which the page then shows', async () => {
      await page.getByRole('button', { name: 'Record an intervention' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Title').first().fill('Timetables taken out of the prompt');
      await dialog
        .getByLabel(/^(Description|What was tried)/)
        .first()
        .fill('The same questions were asked without them.');
      await dialog.getByRole('button', { name: /^Record/ }).click();
      await page.getByRole('heading', { name: 'Timetables taken out of the prompt' }).waitFor();
    });

    it('is shared publicly under an embargo, which hides it until it is lifted', async () => {
      const stranger = await browser.newContext({ baseURL: headwater.web });
      const outside = await stranger.newPage();
      const seenOutside = async () => {
        await outside.goto(`/incidents/${filed}`);
        await outside
          .getByText(/There is nothing here|timetable that never existed/)
          .first()
          .waitFor();
        return outside.getByRole('heading', { name: /timetable/ }).isVisible();
      };
      await page.goto(`/incidents/${filed}`);
      const share = async (embargo: string) => {
        await page.getByRole('button', { name: 'Share', exact: true }).click();
        await page.getByLabel('Visible to').selectOption('PUBLIC');
        await page.getByLabel('Embargo until').fill(embargo);
        await page.getByRole('button', { name: 'Save' }).click();
      };
      await share('2099-01-01T10:00');
      await page.getByText(/Embargo until 20\d\d/).waitFor();
      expect(await seenOutside()).toBe(false);
      await share('');
      await page.getByText(/Embargo until 20\d\d/).waitFor({ state: 'detached' });
      expect(await seenOutside()).toBe(true);
      await page.getByRole('button', { name: 'Share', exact: true }).click();
      await page.getByLabel('And to these people').fill('nobody of this name');
      await page.getByText('Nothing matches.').waitFor();
      expect(await axeFindings(page)).toEqual([]);
      await page.getByLabel('Visible to').selectOption('MEMBERS');
      await page.getByRole('button', { name: 'Save' }).click();
      // The dialog closes when it is written, and not before.
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      expect(await seenOutside()).toBe(false);
      await stranger.close();
    });

    it('finds it again by search', async () => {
      await page.goto('/incidents?search=timetable%20that%20never%20existed');
      await page
        .getByRole('link', { name: /Quotes a timetable/ })
        .first()
        .waitFor();
    });

    it('follows it to a source, in the table of its lineage', async () => {
      await page.goto(`/incidents/${filed}?view=table`);
      await page
        .getByRole('link', { name: /^Pile-CC|pile-cc/i })
        .first()
        .click();
      await page.waitForURL(/\/sources\//);
      await heading(/pile-cc/i).waitFor();
    });

    it.each([
      ['light', 1280],
      ['dark', 1280],
      ['light', 390],
    ] as const)(
      'has nothing that axe finds, and no sideways scrolling (%s, %i wide)',
      async (colorScheme, width) => {
        const other = await context.newPage();
        try {
          await other.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
          await other.setViewportSize({ width, height: 900 });
          const findings: string[] = [];
          for (const path of [
            '/',
            '/incidents',
            '/incidents/MBI-2025-0001',
            '/incidents/new',
            '/datasets/the-pile/1.0',
            '/sources/pile-cc',
            '/sign-in',
          ]) {
            await other.goto(path, { waitUntil: 'networkidle' });
            findings.push(...(await axeFindings(other)).map((finding) => `${path} ${finding}`));
            const wider = await other.evaluate(
              () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
            );
            if (wider > 0) findings.push(`${path} scrolls sideways by ${wider} px`);
          }
          expect(findings).toEqual([]);
        } finally {
          await other.close();
        }
      },
    );

    it('hides it from whoever signs out', async () => {
      await page.goto('/incidents');
      await page.getByRole('button', { name: /Account of/ }).click();
      await page.getByRole('menuitem', { name: 'Sign out' }).click();
      await page.getByRole('link', { name: 'Sign in' }).waitFor();
      await page.goto('/incidents?search=timetable%20that%20never%20existed');
      await page
        .getByText(/No incident/i)
        .first()
        .waitFor();
      await page.goto(`/incidents/${filed}`);
      await page.getByText('There is nothing here').waitFor();
      expect(await page.content()).not.toContain('Quotes a timetable');
    });
  },
);
