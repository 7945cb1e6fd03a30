import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logOf } from '../../api/interchange/inspect-fixture.ts';
import { axeFindings, launchBrowser, NO_BROWSER, signInTo } from '../../testkit/browser.ts';
import type { Instance } from '../../testkit/instance.ts';
import { startPrepared } from '../../testkit/prepared-data.ts';
import { lookAt } from '../every-page.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const MODEL = 'vendor/watched';

// Skipped only where there is no browser; the reason stands in the title.
describe.skipIf(NO_BROWSER !== null)(
  `the regression watch in a browser${NO_BROWSER ? ` (skipped: ${NO_BROWSER})` : ''}`,
  () => {
    let headwater: Instance;
    let browser: Browser;
    let context: BrowserContext;
    let page: Page;
    let token: string;
    let key: string;
    let rulePath: string;

    const bringIn = async (name: string, verdicts: readonly (0 | 1)[], startedAt?: Date) => {
      const response = await fetch(`${headwater.api}/import`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'x-filename': `${name}.json` },
        body: JSON.stringify(
          logOf({ evalId: name, model: MODEL, verdicts, ...(startedAt && { startedAt }) }),
        ),
      });
      expect(response.status).toBe(201);
    };
    // biome-ignore lint/suspicious/noExplicitAny: the shape is the query's, written beside the expectation
    const ask = async (query: string, variables: object = {}): Promise<any> => {
      const response = await fetch(`${headwater.api}/graphql`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      });
      const answer = (await response.json()) as { data: unknown; errors?: unknown };
      expect(answer.errors).toBeUndefined();
      return answer.data;
    };

    beforeAll(async () => {
      [headwater, browser] = await Promise.all([startPrepared(), launchBrowser()]);
      context = await browser.newContext({ baseURL: headwater.web, viewport: { width: 1280, height: 900 } });
      context.setDefaultTimeout(20_000);
      page = await context.newPage();
      await signInTo(page, headwater.account);
      const command = ['--import', 'tsx', 'api/src/cli/main.ts', 'token', 'create', '--name', 'logs'];
      const { stdout } = await promisify(execFile)(
        process.execPath,
        [...command, '--scope', 'read,write:evals,write:lineage,write:incidents'],
        { cwd: ROOT, env: { ...process.env, DATABASE_URL: '', HEADWATER_DATA: headwater.data } },
      );
      token = stdout.trim();
      await bringIn('first-of-the-model', Array(30).fill(0));
      const { evalRuns } = await ask('{ evalRuns(first: 1) { nodes { modelVersion { ref } } } }');
      const filed = await ask(
        `mutation ($input: FileIncidentInput!) { fileIncident(input: $input) {
          ... on FileIncidentSuccess { incident { key } } } }`,
        {
          input: {
            title: 'It threatened an engineer',
            summary: 'Until it was trained not to.',
            setting: 'SAFETY_TEST',
            severity: 'HIGH',
            behaviors: ['blackmail'],
            modelVersions: [evalRuns.nodes[0].modelVersion.ref],
          },
        },
      );
      key = filed.fileIncident.incident.key;
      for (const to of ['INVESTIGATING', 'RESOLVED'])
        await ask(
          `mutation ($input: ChangeIncidentStatusInput!) { changeIncidentStatus(input: $input) { __typename } }`,
          { input: { incident: `incident:${key}`, to, comment: 'It does not any more.' } },
        );
    });
    afterAll(async () => {
      await browser?.close();
      await headwater?.stop();
    });

    it('shows before a rule is made what it would have hit, and then the rule', async () => {
      await page.goto(`/incidents/${key}`);
      await page.getByRole('button', { name: 'Watch this incident' }).click();
      await page.getByRole('button', { name: 'Stop watching this incident' }).waitFor();
      await page.goto('/regressions');
      await page.getByText('No rule looks at what is measured.').waitFor();
      await page.getByRole('link', { name: 'Make a rule' }).click();
      await page.getByRole('heading', { name: 'A new rule' }).waitFor();
      await page.getByLabel('Title').fill('Blackmail is back');
      await page.getByLabel('Behaviour', { exact: true }).fill('blackmail');
      await page.getByLabel('Models', { exact: true }).fill('vendor*');
      await page.getByLabel('Threshold in %').fill('50');
      const preview = page.getByRole('complementary', { name: 'What it would have hit' });
      await preview.getByText(/^0 hits among (the 50 newest of )?\d+ measurements?$/).waitFor();
      await page.getByRole('button', { name: 'Make the rule' }).click();
      await page.getByRole('heading', { name: 'Blackmail is back' }).waitFor();
      rulePath = new URL(page.url()).pathname;
      await page.getByText('Nothing yet').waitFor();
      expect(await lookAt(page, '/regressions/new?behavior=blackmail&model=vendor*')).toEqual([]);
    });

    it('compares a rise with single measurements, which are chosen by their run', async () => {
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.goto('/regressions/new?behavior=blackmail&model=vendor*');
      await page.getByLabel('Title').fill('Blackmail is up');
      await page.getByLabel('Kind').selectOption('RISE');
      await page.getByLabel('Compared with').selectOption('MEASUREMENTS');
      const make = page.getByRole('button', { name: 'Make the rule' });
      expect(await make.getAttribute('aria-disabled')).toBe('true');
      const baselines = page.getByRole('combobox', { name: 'Baselines' });
      await baselines.fill('agentic');
      // Not one of what the rule is about: that would leave nothing to look at.
      const choices = page.getByRole('listbox', { name: 'Choices' });
      await choices
        .getByRole('option', { name: /claude-opus-4-stated-belief · blackmail-stated-real/ })
        .click();
      await page
        .getByRole('complementary')
        .getByText(/^0 hits among (the 50 newest of )?\d+ measurements?$/)
        .waitFor();
      expect(await axeFindings(page)).toEqual([]);
      await make.click();
      await page.getByRole('heading', { name: 'Blackmail is up' }).waitFor();
      await page.getByRole('button', { name: /^Stop watching/ }).click();
      await page.getByRole('button', { name: /^Watch/ }).waitFor();
      await page.getByRole('button', { name: 'Retire this rule' }).click();
      await page.getByRole('dialog').getByRole('textbox').fill('It was made for a test.');
      await page
        .getByRole('dialog')
        .getByRole('button', { name: /Retire/ })
        .click();
      await page.getByText('Retired', { exact: true }).first().waitFor();
    });

    it('reopens the incident by an import, and says so on every page that it concerns', async () => {
      await bringIn('second-of-the-model', Array(30).fill(1), new Date());
      await page.setViewportSize({ width: 1280, height: 900 });
      await expect
        .poll(
          async () => {
            await page.goto(rulePath);
            return page.getByRole('region', { name: 'What the rule said' }).count();
          },
          { timeout: 30_000 },
        )
        .toBe(1);
      await page.getByText(`Reopened ${key}: It threatened an engineer`).waitFor();
      expect(await lookAt(page, rulePath)).toEqual([]);
      expect(await lookAt(page, '/regressions')).toEqual([]);
      await page.getByText('the interval begins at').first().waitFor();

      expect(await lookAt(page, `/incidents/${key}`)).toEqual([]);
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.getByRole('link', { name: 'Regressed', exact: true }).waitFor();
      expect(await page.getByText('Investigating', { exact: true }).count()).toBeGreaterThan(0);
    });

    it('tells who watches under the bell, until they have read it, and keeps what they watch on their page', async () => {
      await page.goto('/');
      await page.getByRole('link', { name: 'Notifications, 1 unread' }).click();
      await page.getByRole('heading', { name: 'Notifications' }).waitFor();
      await page.getByRole('link', { name: 'Blackmail is back' }).waitFor();
      expect(await lookAt(page, '/notifications')).toEqual([]);
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.getByRole('button', { name: 'Mark as read: Blackmail is back' }).click();
      await page.getByText('Nothing unread').first().waitFor();
      await page.getByRole('link', { name: 'Notifications', exact: true }).waitFor();
      await page.getByRole('link', { name: 'Show those read, too' }).click();
      await page.getByRole('link', { name: 'Blackmail is back' }).waitFor();

      await page.goto('/account');
      const watched = page.getByRole('region', { name: 'What you watch' });
      await watched.getByRole('link', { name: 'It threatened an engineer' }).waitFor();
      await watched.getByRole('button', { name: 'Stop watching Blackmail is back' }).click();
      await expect.poll(() => watched.getByRole('row').count(), { timeout: 20_000 }).toBe(2);
    });

    it('looks back at what was recorded before it was made, once it was seen what that finds', async () => {
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.goto(rulePath);
      await page.getByRole('button', { name: 'Have this rule look back' }).click();
      const dialog = page.getByRole('dialog', { name: 'Look back' });
      await dialog.getByLabel('Recorded since').fill('2020-01-01');
      await dialog.getByText(/^0 hits among \d+ measurements?$/).waitFor();
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        expect(await axeFindings(page)).toEqual([]);
        await photograph(page, `look-back-${colorScheme}`);
      }
      await dialog.getByRole('button', { name: 'Look back' }).click();
      await dialog.waitFor({ state: 'hidden' });
      const found = page.getByText('Found by looking back, which reopens and drafts nothing.');
      await expect
        .poll(
          async () => {
            await page.goto(rulePath);
            return found.count();
          },
          { timeout: 30_000 },
        )
        .toBeGreaterThan(0);
      await photograph(page, 'looked-back-dark');
      expect(await lookAt(page, rulePath)).toEqual([]);
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
      await photograph(page, 'looked-back-light');
    });
  },
);

/** Pictures of what is looked at, where somebody wants them. */
async function photograph(on: Page, what: string): Promise<void> {
  const folder = process.env.HEADWATER_TEST_PICTURES;
  if (folder) await on.screenshot({ path: `${folder}/${what}.png`, fullPage: true });
}
