import { readFileSync } from 'node:fs';
import type { Browser, BrowserContext, Download, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFindings, launchBrowser, NO_BROWSER } from '../../testkit/browser.ts';
import type { Instance } from '../../testkit/instance.ts';
import { startPrepared } from '../../testkit/prepared-data.ts';
import { watchContext } from '../../testkit/watch.ts';
import { type LineageWorld, writeLineageWorld } from './lineage-world.ts';

// Skipped only where there is no browser; the reason stands in the title.
describe.skipIf(NO_BROWSER !== null)(
  `the lineage explorer${NO_BROWSER ? ` (skipped: ${NO_BROWSER})` : ''}`,
  () => {
    let headwater: Instance;
    let browser: Browser;
    let context: BrowserContext;
    let page: Page;
    let world: LineageWorld;
    let seen: string[];

    beforeAll(async () => {
      [headwater, browser] = await Promise.all([startPrepared(), launchBrowser()]);
      world = await writeLineageWorld(headwater);
      context = await browser.newContext({
        baseURL: headwater.web,
        viewport: { width: 1280, height: 900 },
        reducedMotion: 'reduce',
      });
      context.setDefaultTimeout(20_000);
      seen = await watchContext(context, headwater.web);
      page = await context.newPage();
    });
    afterAll(async () => {
      await browser?.close();
      await headwater?.stop();
    });

    const address = (ref: string, query = '') => `/lineage/${encodeURIComponent(ref)}${query}`;
    const open = async (query = '', ref = world.model) => {
      await page.goto(address(ref, query));
      await picture().waitFor();
    };
    const picture = () => page.getByRole('region', { name: 'Picture of the lineage' });
    const box = (name: RegExp) => picture().getByRole('button', { name });
    const panel = (name: RegExp) => page.getByRole('complementary', { name });
    const saved = (download: Download) => download.path().then((path) => readFileSync(path, 'utf8'));

    it('opens who asserts a link, on which evidence, and who disputes it, by keyboard', async () => {
      await open();
      await box(/^novels@1/).focus();
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('Enter');
      await panel(/mixture@1/).waitFor();
      const link = panel(/mixture@1/).getByRole('button', { name: /novels@1.*Disputed by/ });
      await link.focus();
      await page.keyboard.press('Enter');
      const edge = panel(/was derived from/);
      await edge.getByText('We counted twice as many novels.').waitFor();
      await edge.getByText('A recount').waitFor();
      const text = await edge.innerText();
      expect(text).toMatch(/Default by Administrator/);
      expect(text).toMatch(/An erratum/);
      expect(text).toMatch(/Says a share of 20–25%/);
      expect(new URL(page.url()).searchParams.get('edge')).toBeTruthy();
      expect(await axeFindings(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await edge.waitFor({ state: 'detached' });
    });

    it('stays in the picture when a panel opens, goes along inside it, and back to the node when it closes', async () => {
      await open();
      const focused = (one: Locator) => one.evaluate((element) => element === document.activeElement);
      const mixture = box(/^mixture@1/);
      await mixture.focus();
      await page.keyboard.press('Enter');
      await panel(/mixture@1/).waitFor();
      expect(await focused(mixture)).toBe(true);
      await panel(/mixture@1/)
        .getByRole('button', { name: /novels@1.*Disputed by/ })
        .focus();
      await page.keyboard.press('Enter');
      const edge = panel(/was derived from/);
      await edge.waitFor();
      await expect.poll(() => focused(edge.getByRole('heading').first())).toBe(true);
      await page.keyboard.press('Escape');
      await edge.waitFor({ state: 'detached' });
      await expect.poll(() => focused(mixture)).toBe(true);

      await page.getByRole('button', { name: 'Table' }).click();
      const evidence = page.getByRole('button', { name: /^Evidence: mixture@1 .* novels@1/ });
      await evidence.focus();
      await page.keyboard.press('Enter');
      await edge.waitFor();
      expect(await focused(evidence)).toBe(true);
      await edge.getByRole('button', { name: 'Close' }).focus();
      await page.keyboard.press('Enter');
      await edge.waitFor({ state: 'detached' });
      await expect.poll(() => focused(evidence)).toBe(true);
    });

    it('keeps a past day in the links out of the table, takes a day for its end, and says of what is none that it is', async () => {
      const day = encodeURIComponent(world.before);
      await page.goto(address(world.model, `?view=table&asOf=${day}`));
      await page
        .getByRole('region', { name: 'Lineage as a table' })
        .getByRole('link', { name: 'novels@1' })
        .first()
        .click();
      await page.waitForURL(/\/datasets\/novels\/1\?asOf=/);
      expect(new URL(page.url()).searchParams.get('asOf')).toBe(world.before);
      await page
        .getByText(/^As known on/)
        .first()
        .waitFor();
      await page.goto(address('source:reading-room', '?asOf=2026-01-02'));
      await page.getByText('As known on 2 Jan 2026, 23:59 UTC').first().waitFor();
      expect(await page.getByText('RFC 3339').count()).toBe(0);
      for (const path of ['/sources/reading-room', '/datasets/novels/1', '/models/lantern/chat']) {
        await page.goto(`${path}?asOf=yesterday`);
        await page.getByText('“yesterday” is neither a day').waitFor();
        expect(await page.getByText(/can’t be shown|RFC 3339/).count()).toBe(0);
      }
      expect(await axeFindings(page)).toEqual([]);
    });

    it('shows the dispute in picture and table alike, and the same panel from both', async () => {
      await open();
      expect(await picture().locator('[data-edge]').filter({ hasText: 'disputed' }).count()).toBe(1);
      await page.getByRole('button', { name: 'Table' }).click();
      const row = page.getByRole('row').filter({ hasText: 'novels@1' }).filter({ hasText: 'mixture@1' });
      expect(await row.innerText()).toMatch(/Disputed[\s\S]*We counted twice as many novels/);
      await row.getByRole('button', { name: /^Evidence/ }).click();
      await panel(/was derived from/)
        .getByText('A recount')
        .waitFor();
      await page.reload();
      await panel(/was derived from/)
        .getByText('A recount')
        .waitFor();
      expect(await axeFindings(page)).toEqual([]);
    });

    it('draws on from a node, the other way too, a level at a time, and takes it back', async () => {
      await open('', world.mixture);
      expect(await box(/lantern/).count()).toBe(0);
      await box(/^mixture@1/).click();
      await panel(/mixture@1/)
        .getByRole('button', { name: 'One level downstream' })
        .click();
      await box(/lantern-pretraining.*more is recorded beyond it/).waitFor();
      expect(await box(/lantern@/).count()).toBe(0);
      await panel(/mixture@1/)
        .getByRole('button', { name: 'All downstream' })
        .click();
      await box(/lantern@chat/).waitFor();
      await page.reload();
      await box(/lantern@chat/).waitFor();
      await page.getByRole('button', { name: 'Take back what was drawn from it' }).click();
      await box(/lantern@chat/).waitFor({ state: 'detached' });
    });

    it('draws a wide fan-out as one box, to be searched, opened and linked', async () => {
      await open('', 'dataset:the-pile@1.0');
      await box(/^22 sources/).click();
      const fold = panel(/22 sources/);
      await fold.getByRole('searchbox', { name: 'Search them' }).fill('book');
      await fold.getByRole('button', { name: /^Draw the \d found/ }).click();
      await box(/^books3/).waitFor();
      await page.reload();
      await box(/^books3/).waitFor();
      expect(await box(/^pile-cc/).count()).toBe(0);
      await open('?unfold=source%3Apile-cc', 'dataset:the-pile@1.0');
      await box(/^pile-cc/).waitFor();
      expect(await box(/sources/).count()).toBe(0);
    });

    it('follows a lineage both ways from any node', async () => {
      await open('', world.mixture);
      await page.getByRole('navigation', { name: 'Direction' }).getByRole('link', { name: 'Both' }).click();
      await box(/lantern@chat/).waitFor();
      await box(/reading-room/).waitFor();
    });

    it('filters by stage, share, tag and kind, says what it leaves out, and can be linked', async () => {
      await open();
      await page.getByRole('button', { name: 'Filters' }).click();
      const filters = page.getByRole('region', { name: 'Filters' });
      await filters.getByRole('button', { name: 'Supervised fine-tuning' }).click();
      await box(/mixture@1/).waitFor({ state: 'detached' });
      await box(/chats@1/).waitFor();
      await filters.getByText(/Left out: 7 nodes/).waitFor();
      await page.reload();
      await box(/mixture@1/).waitFor({ state: 'detached' });
      await filters.getByRole('button', { name: 'Clear the filters' }).click();
      await box(/mixture@1/).waitFor();
      await page.getByRole('button', { name: 'Filters' }).click();
      await filters.getByLabel('Share of at least').selectOption('0.25');
      await box(/novels@1/).waitFor({ state: 'detached' });
      await filters.getByLabel('Share of at least').selectOption('');
      await filters.getByLabel('Content tag').fill('unreliable');
      await page.getByRole('option', { name: /unreliable-narrator/ }).click();
      await box(/lanes@1/).waitFor({ state: 'detached' });
      await box(/novels@1/).waitFor();
      await open('?kinds=MODEL_VERSION.SOURCE');
      await box(/mixture@1/).waitFor({ state: 'detached' });
      await box(/reading-room/).waitFor();
      expect(
        await picture().locator('[data-edge]').filter({ hasText: 'through nodes not shown' }).count(),
      ).toBeGreaterThan(0);
      expect(await axeFindings(page)).toEqual([]);
    });

    it('lights up the way between two picked nodes, in picture, words and table', async () => {
      await open();
      await box(/lantern@chat/).click();
      await page.getByRole('button', { name: 'Path from here' }).click();
      await box(/reading-room/).click();
      await page.getByRole('button', { name: 'Path to here' }).click();
      const path = page.getByRole('region', { name: 'Path between two nodes' });
      await path.getByText(/Shortest, 6 steps upstream/).waitFor();
      const named = await path.getByRole('listitem').getByRole('button').allInnerTexts();
      expect(named).toEqual([
        'lantern@chat',
        'lantern-chats',
        'lantern@base',
        'lantern-pretraining',
        'mixture@1',
        'novels@1',
        'reading-room',
      ]);
      expect(await box(/^open-lanes/).getAttribute('opacity')).toBe('0.3');
      expect(await box(/^novels@1/).getAttribute('opacity')).toBe('1');
      await page.getByRole('button', { name: 'Table' }).click();
      await expect.poll(() => page.getByText('On the path').count(), { timeout: 15_000 }).toBe(6);
      expect(await axeFindings(page)).toEqual([]);
      await open(
        `?pathFrom=${encodeURIComponent('source:open-lanes')}&pathTo=${encodeURIComponent('source:helpdesk')}`,
      );
      await page.getByText(/No way leads from open-lanes to helpdesk/).waitFor();
    });

    it('tells what changed since a moment, and goes back to it by the slider', async () => {
      await open(`?since=${encodeURIComponent(world.before)}`);
      const changed = page.getByRole('region', { name: 'What changed' });
      await changed.getByText(/mixture@1 was derived from novels@1, share 2%/).waitFor();
      const text = await changed.innerText();
      expect(text).toMatch(/by Administrator, .*It was misread\./);
      expect(text).toMatch(/We counted twice as many novels/);
      expect(await axeFindings(page)).toEqual([]);
      await page.getByRole('button', { name: 'Don’t compare' }).click();
      await page.getByRole('button', { name: 'As known now' }).click();
      const slider = page.getByRole('slider', { name: 'As known on' });
      await slider.focus();
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('ArrowLeft');
      await page.waitForURL(/asOf=/);
      await page.getByRole('button', { name: /^As known on/ }).waitFor();
      await expect
        .poll(() => picture().locator('[data-edge]').filter({ hasText: 'disputed' }).count(), {
          timeout: 15_000,
        })
        .toBe(0);
    });

    it('saves the whole picture as it stands', async () => {
      await open();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Save as SVG' }).click(),
      ]);
      const text = await saved(download);
      expect(text).toMatch(/^<svg/);
      expect(text).toContain('reading-room');
      expect(text).not.toContain('var(--');
    });

    it('hands the impact of a source to its owners, as a list and as a file', async () => {
      await page.goto(`${address('source:reading-room')}/impact`);
      await page.getByRole('heading', { name: 'What reading-room reached' }).waitFor();
      const list = page.getByRole('region', { name: 'Reached of Default' });
      expect(await list.getByRole('row').count()).toBe(1 + 4);
      expect(await axeFindings(page)).toEqual([]);
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Save as CSV' }).click(),
      ]);
      const lines = (await saved(download)).trim().split('\r\n');
      expect(lines).toHaveLength(1 + 4);
      expect(lines[0]).toContain('"Owner","Kind","Name"');
      expect(lines.filter((line) => line.includes('"model:lantern@chat"'))).toHaveLength(1);
      await page.goto(`${address('source:helpdesk', '')}/impact?asOf=2020-01-01T00%3A00%3A00.000Z`);
      await page.getByText('It reached nothing that is recorded').waitFor();
    });

    it('fits a narrow window, and has shown nothing that a page may not do', async () => {
      await page.setViewportSize({ width: 390, height: 844 });
      await open(
        `?at=${encodeURIComponent(world.mixture)}&since=${encodeURIComponent(world.before)}&share=0.01`,
      );
      await panel(/mixture@1/).waitFor();
      const wider = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(wider).toBe(0);
      expect(await axeFindings(page)).toEqual([]);
      expect(seen).toEqual([]);
    });
  },
);
