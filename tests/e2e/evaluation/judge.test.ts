import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFindings, launchBrowser, NO_BROWSER, signInTo } from '../../testkit/browser.ts';
import type { Instance } from '../../testkit/instance.ts';
import { startPrepared } from '../../testkit/prepared-data.ts';
import { watchContext } from '../../testkit/watch.ts';
import { lookAt } from '../every-page.ts';
import { type RunWorld, SAMPLES, writeRunWorld } from './run-world.ts';

// Skipped only where there is no browser; the reason stands in the title.
describe.skipIf(NO_BROWSER !== null)(
  `samples that a person judges in a browser${NO_BROWSER ? ` (skipped: ${NO_BROWSER})` : ''}`,
  () => {
    let headwater: Instance;
    let browser: Browser;
    let context: BrowserContext;
    let page: Page;
    let world: RunWorld;
    let seen: string[];
    let judging: string;

    beforeAll(async () => {
      [headwater, browser] = await Promise.all([startPrepared(), launchBrowser()]);
      world = await writeRunWorld(headwater);
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

    const runPath = () => `/eval-runs/${encodeURIComponent(world.many)}`;
    const says = () => page.getByRole('complementary', { name: 'What you say' });
    const sampleName = () => page.getByRole('heading', { name: /^Sample / }).innerText();
    const conversation = () => page.getByRole('region', { name: 'Conversation', exact: true });

    it('begin with who judges what, and refuse a name that is no person’s', async () => {
      await page.goto(runPath());
      await page.getByRole('link', { name: 'Judge them yourself' }).click();
      await page.getByRole('heading', { name: 'Judge samples', exact: true }).waitFor();
      expect(await axeFindings(page)).toEqual([]);
      const name = page.getByLabel('Who judges', { exact: true });
      const { lineageNode } = await world.remote.ask(
        'query ($ref: NodeRef!) { lineageNode(ref: $ref) { ... on EvalRun { graders { name } } } }',
        { ref: `eval-run:${world.many}` },
      );
      await name.fill(lineageNode.graders[0].name);
      await page.getByRole('button', { name: 'Begin' }).click();
      await page
        .getByRole('alert')
        .getByText(/is no person/)
        .waitFor();
      await name.fill('ada');
      await page.getByLabel('By which instructions').fill('Only what the model itself proposes counts.');
      await page.getByRole('button', { name: 'Begin' }).click();
      await page.waitForURL(/grader=.*ada%401/);
      judging = page.url();
      await page.goto(`${runPath()}/judge`);
      await name.fill('ada');
      await page.getByLabel('By which instructions').fill('Whatever comes near it counts.');
      await page.getByRole('button', { name: 'Begin' }).click();
      await page
        .getByRole('alert')
        .getByText(/judges by other instructions already/)
        .waitFor();
      await page.goto(judging);
    });

    it('show a transcript without what scorers said, and go on by keys; what was said outlives the page', async () => {
      await conversation().waitFor();
      expect(await page.getByRole('heading', { name: 'Scores' }).count()).toBe(0);
      const first = await sampleName();
      await page.keyboard.press('1');
      await expect.poll(sampleName).not.toBe(first);
      await says().getByLabel('Why').fill('It only quotes.');
      await says().getByRole('button', { name: 'Skip' }).click();
      await expect.poll(() => says().getByLabel('Why').inputValue()).toBe('');
      await says().getByRole('button', { name: 'Back' }).click();
      await expect.poll(() => says().getByLabel('Why').inputValue()).toBe('It only quotes.');
      await says()
        .getByRole('button', { name: /^It does not/ })
        .click();
      await says().getByText(`2 of ${SAMPLES} samples judged`, { exact: false }).waitFor();
      await page.reload();
      await says().getByText(`2 of ${SAMPLES} samples judged`, { exact: false }).waitFor();
      await expect.poll(sampleName).toBe(first);
      const shows = says().getByRole('button', { name: /^It shows it/ });
      expect(await shows.getAttribute('aria-pressed')).toBe('true');
      await page.keyboard.press('ArrowRight');
      await expect.poll(() => says().getByLabel('Why').inputValue()).toBe('It only quotes.');
    });

    it('become a measurement beside the others, with the rest unscored, and stand on the page of each sample', async () => {
      const judged = await sampleName();
      await says().getByRole('button', { name: 'Record 2 judgements' }).click();
      await says().getByText('50% of 2 samples showed it.').waitFor();
      await page.goto(runPath());
      const measured = page.getByRole('region', { name: 'Measurements', exact: true });
      await measured.getByText(/ada 1/).first().waitFor();
      await measured
        .getByText(`${SAMPLES - 2} unscored`, { exact: false })
        .first()
        .waitFor();
      const name = judged.replace(/^Sample /, '');
      await page.goto(`${runPath()}/samples/${encodeURIComponent(name)}`);
      const people = page.getByRole('region', { name: 'What people said of it' });
      await people.getByText('It only quotes.').waitFor();
      expect(await axeFindings(page)).toEqual([]);
    });

    it('are taken back with a reason, on the page of judging and on that of the run, which says so', async () => {
      await page.goto(judging);
      await conversation().waitFor();
      const before = says().getByRole('region', { name: 'Judged by people' });
      await before.getByText(/^what ada 1 judged of /).waitFor();
      expect(await before.getByText('50%').count()).toBe(0);
      await before.getByRole('button', { name: /^Retract what ada 1 judged of / }).waitFor();
      await page.goto(runPath());
      const measured = page.getByRole('region', { name: 'Measurements', exact: true });
      const people = page.getByRole('region', { name: 'Judged by people' });
      await people.getByText('50% of 2 samples showed it', { exact: false }).waitFor();
      await people.getByRole('button', { name: /^Retract what ada 1 judged of / }).click();
      const dialog = page.getByRole('dialog', { name: /^Retract what ada 1 judged of / });
      await dialog.getByLabel('Reason').fill('I had the wrong instructions.');
      await dialog.getByRole('button', { name: 'Retract', exact: true }).click();
      await people.getByText('Taken back', { exact: true }).waitFor();
      await people.getByText(/^By .+ on .+: I had the wrong instructions\.$/).waitFor();
      expect(await people.getByRole('button').count()).toBe(0);
      expect(await measured.getByText(/ada 1/).count()).toBe(0);
      expect(await axeFindings(page)).toEqual([]);
      await page.goto(judging);
      await before.getByText(/: I had the wrong instructions\.$/).waitFor();
      expect(await axeFindings(page)).toEqual([]);
    });

    it('are found in the light and the dark, wide and narrow, and nothing was blocked on the way', async () => {
      expect(await lookAt(page, new URL(judging).pathname + new URL(judging).search)).toEqual([]);
      expect(seen).toEqual([]);
    });
  },
);
