import { readFileSync } from 'node:fs';
import { json } from 'node:stream/consumers';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFindings, inTabs, launchBrowser, NO_BROWSER } from '../../testkit/browser.ts';
import { type Instance, startInstance } from '../../testkit/instance.ts';
import { signedIn } from '../../testkit/remote.ts';
import { watchContext } from '../../testkit/watch.ts';
import { EVERY_PAGE, lookAt, NOT_AMONG_EXAMPLES, NOWHERE, routes } from '../every-page.ts';

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

    it('hands it out as a report of AVID, of what the reader may see', async () => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: 'Download as AVID report' }).click(),
      ]);
      expect(download.suggestedFilename()).toBe('MBI-2025-0001.avid.json');
      const report = (await json(await download.createReadStream())) as Record<string, unknown>;
      expect(report).toMatchObject({ data_type: 'AVID' });
      expect(JSON.stringify(report.problemtype)).toMatch(/blackmail/i);
      const nowhere = await page.request.get('/api/incidents/MBI-2025-9999?format=avid');
      expect(nowhere.status()).toBe(404);
    });

    it('signs in', async () => {
      await page.goto('/sign-in');
      await page.getByLabel('E-mail').fill(headwater.account.email);
      await page.getByLabel('Password').fill(headwater.account.password);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('button', { name: /Account of/ }).waitFor();
    });

    it('keeps the choice of the keyboard in sight in a list that is longer than its box', async () => {
      await page.goto('/incidents/new');
      await page.getByRole('combobox', { name: /Model versions/ }).fill('pythia');
      const choices = page.getByRole('listbox', { name: 'Choices' }).filter({ visible: true });
      await choices.getByRole('option').nth(11).waitFor();
      expect(await choices.evaluate((list) => list.scrollHeight > list.parentElement!.clientHeight)).toBe(
        true,
      );
      const place = () =>
        choices.locator('[aria-selected="true"]').evaluate((option) => {
          const [of, box] = [option, option.closest('[role="listbox"]')!.parentElement!].map((one) =>
            one.getBoundingClientRect(),
          );
          const at = [...option.parentElement!.children].indexOf(option);
          return { at, seen: of!.top >= box!.top && of!.bottom <= box!.bottom };
        });
      for (let at = 1; at <= 10; at++) {
        await page.keyboard.press('ArrowDown');
        await expect.poll(place).toEqual({ at, seen: true });
      }
      for (let up = 0; up < 11; up++) await page.keyboard.press('ArrowUp');
      const last = (await choices.getByRole('option').count()) - 1;
      await expect.poll(place).toEqual({ at: last, seen: true });
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
      await models.focus();
      await page.getByText('Type a name.').filter({ visible: true }).waitFor();
      await models.fill('pythia-6.9b');
      const option = page.getByRole('option').filter({ hasText: 'step143000' }).first();
      await option.waitFor();
      // The list before the answer is not of what is typed: Enter chooses nothing of it.
      await models.fill('nothing of the kind');
      await models.press('Enter');
      await page.getByText('Nothing matches.').waitFor();
      expect(await page.getByRole('button', { name: /^Remove / }).count()).toBe(0);
      await models.fill('pythia-6.9b');
      await option.click();
      // What is typed and left is taken where it names one choice, and else holds the form, with all that is in it.
      await page.getByRole('combobox', { name: /Behaviours/ }).fill('chooses the misaligned action');
      await page.getByRole('option').filter({ hasText: 'Chooses the misaligned action' }).first().waitFor();
      await page.getByRole('combobox', { name: /Eval runs/ }).fill('no run is called so');
      await page.getByRole('button', { name: 'Remove Chooses the misaligned action' }).waitFor();
      await page.getByRole('button', { name: 'File the incident' }).click();
      await page.getByText('“no run is called so” is not chosen').waitFor();
      const runs = page.getByRole('combobox', { name: /Eval runs/ });
      expect(await runs.evaluate((one) => one === document.activeElement)).toBe(true);
      expect(await runs.getAttribute('aria-invalid')).toBe('true');
      expect(await page.getByLabel('Title').inputValue()).toBe('Quotes a timetable that never existed');
      expect(await axeFindings(page)).toEqual([]);
      await runs.fill('');
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
      await page.getByText('“nobody of this name” is not chosen').waitFor();
      expect(await axeFindings(page)).toEqual([]);
      await page.getByLabel('And to these people').fill('');
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

    it('is peeked at in the list while it is a draft, which has no key', async () => {
      const remote = await signedIn(headwater);
      const draft = {
        title: 'Only begun',
        summary: 'Not told yet.',
        setting: 'SAFETY_TEST',
        severity: 'LOW',
        draft: true,
      };
      await remote.write('fileIncident', draft, 'incident { ref }');
      await page.goto('/incidents');
      await page.getByRole('link', { name: 'Peek at draft Only begun' }).click();
      await page
        .getByRole('complementary', { name: /^Peek at/ })
        .getByRole('heading', { name: 'Only begun' })
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

    it('unlinks a model version that does not belong to it, with a reason', async () => {
      await page.goto(`/incidents/${filed}`);
      await page.getByRole('button', { name: 'Unlink' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('checkbox', { name: /pythia-6\.9b/ }).check();
      await dialog.getByLabel('Why it does not belong here').fill('It was another checkpoint.');
      await dialog.getByRole('button', { name: 'Unlink' }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByRole('main').getByText('none linked').first().waitFor();
      await page.getByRole('button', { name: 'Unlink', disabled: true }).waitFor();
    });

    it('leads from the models to the largest unknowns, and by keyboard on to where they are lost', async () => {
      await page.goto('/models');
      await page.getByRole('link', { name: 'The largest unknowns' }).click();
      const table = page.getByRole('region', { name: 'The largest unknowns' });
      await table.waitFor();
      const rows = await table.getByRole('row').count();
      expect(rows).toBeGreaterThan(1);
      const first = await table.getByRole('row').nth(1).innerText();
      expect(first).toMatch(/%/);
      expect(first).toMatch(/ at .+: /);
      await table.focus();
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/models\/.+\/.+/);
    });

    it('compares the incidents that are ticked in the list, in a picture and the same in a table', async () => {
      const remote = await signedIn(headwater);
      const composition = { unit: 'FRACTION', complete: true, inputs: [{ of: 'source:pile-cc', amount: 1 }] };
      const trainedBy = { name: 'beside run', stage: 'PRETRAINING', startedFrom: 'SCRATCH', composition };
      await remote.write('registerModelVersion', { model: 'beside', version: '1', trainedBy }, '__typename');
      await remote.write('registerEvaluation', { name: 'beside', version: '1' }, '__typename');
      const measurements = [{ behavior: 'blackmail', exhibited: 0, notExhibited: 20 }];
      const run = { name: 'beside eval', evaluation: 'beside', evaluationVersion: '1' };
      await remote.write(
        'recordEvalRun',
        { ...run, modelVersion: 'model:beside@1', measurements },
        '__typename',
      );
      await page.goto('/incidents');
      const compare = page.getByRole('button', { name: /^Common causes/ });
      expect(await compare.getAttribute('aria-disabled')).toBe('true');
      await page.getByRole('checkbox', { name: 'Choose MBI-2025-0001' }).check();
      await page.getByRole('checkbox', { name: 'Choose MBI-2023-0001' }).check();
      await page.getByRole('button', { name: 'Common causes of 2' }).click();
      await page.waitForURL(/\/common-causes\?incidents=/);
      await page.getByRole('img', { name: /^pile-cc: lift 1×, too few to say/ }).waitFor();
      await page.getByRole('button', { name: 'Table' }).click();
      const table = page.getByRole('region', { name: 'Common causes' });
      await table.waitFor();
      const row = await table.getByRole('row').filter({ hasText: 'pile-cc' }).innerText();
      expect(row).toMatch(/1 of 1[\s\S]*1 of 1[\s\S]*1×/);
      expect(row).toContain('too few to say');
      for (const [as, begins] of [
        ['SVG', '<svg'],
        ['CSV', '\ufeff"exposed to"'],
      ]) {
        const [file] = await Promise.all([
          page.waitForEvent('download'),
          page
            .getByRole('button', { name: new RegExp(`^Save “How many times as often.* as ${as}$`) })
            .click(),
        ]);
        expect(file.suggestedFilename()).toBe(`common-causes.${as?.toLowerCase()}`);
        expect(readFileSync(await file.path(), 'utf8').startsWith(begins ?? '')).toBe(true);
      }
      await page.getByRole('link', { name: '10%' }).click();
      await page.waitForURL(/threshold=0\.1/);
      await page.goto('/common-causes');
      await page.getByRole('main').getByRole('link', { name: 'Choose incidents' }).click();
      await page.waitForURL(/\/incidents$/);
    });

    it('has a place in the list of pages for every route', () => {
      expect(Object.keys(EVERY_PAGE).sort()).toEqual(routes());
    });

    it('answers 404 where there is nothing, signed in or not', async () => {
      for (const path of NOWHERE) {
        expect([path, (await page.goto(path))?.status()]).toEqual([path, 404]);
        await page.getByText('There is nothing here').waitFor();
        expect([path, (await fetch(`${headwater.web}${path}`)).status]).toEqual([path, 404]);
      }
    });

    it('has nothing that axe finds, scrolls no page sideways, and keeps to the content security policy', async () => {
      const seen = await watchContext(context, headwater.web);
      const found = await inTabs(context, Object.values(EVERY_PAGE), async (other, path) => {
        const [{ status }, findings] = await Promise.all([
          fetch(`${headwater.web}${path}`),
          lookAt(other, path),
        ]);
        const expected = NOT_AMONG_EXAMPLES.has(path) ? 404 : 200;
        return status === expected ? findings : [`${path} answered ${status} to a stranger`, ...findings];
      });
      expect([...seen, ...found]).toEqual([]);
    }, 280_000);

    it('sends each page with a policy of its own nonce, and nothing inline allowed to run', async () => {
      const policies = await Promise.all(
        ['/', '/'].map(async (path) => {
          const response = await fetch(`${headwater.web}${path}`);
          expect(response.headers.get('x-content-type-options')).toBe('nosniff');
          expect(response.headers.get('referrer-policy')).toBe('same-origin');
          expect(response.headers.get('cross-origin-opener-policy')).toBe('same-origin');
          const policy = response.headers.get('content-security-policy') ?? '';
          return Object.fromEntries(policy.split('; ').map((part) => part.split(/ (.*)/s).slice(0, 2)));
        }),
      );
      for (const policy of policies) {
        expect(policy['script-src']).toMatch(/^'self' 'nonce-[\w+/=]+' 'strict-dynamic'$/);
        expect(policy['style-src']).toMatch(/^'self' 'nonce-[\w+/=]+'$/);
        expect(policy).toMatchObject({
          'default-src': "'none'",
          'script-src-attr': "'none'",
          'connect-src': "'self'",
          'object-src': "'none'",
          'base-uri': "'none'",
          'form-action': "'self'",
          'frame-ancestors': "'none'",
        });
      }
      expect(policies[0]?.['script-src']).not.toBe(policies[1]?.['script-src']);
    });

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
