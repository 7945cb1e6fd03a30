import { readFileSync } from 'node:fs';
import type { Browser, BrowserContext, Download, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFindings, launchBrowser, NO_BROWSER, signInTo } from '../../testkit/browser.ts';
import type { Instance } from '../../testkit/instance.ts';
import { startPrepared } from '../../testkit/prepared-data.ts';
import { watchContext } from '../../testkit/watch.ts';
import { lookAt } from '../every-page.ts';
import { LINED, MANY, UNMEASURED, VERSIONS, writePlotsWorld } from './plots-world.ts';

// Skipped only where there is no browser; the reason stands in the title.
describe.skipIf(NO_BROWSER !== null)(`plots of rates${NO_BROWSER ? ` (skipped: ${NO_BROWSER})` : ''}`, () => {
  let headwater: Instance;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let seen: string[];

  beforeAll(async () => {
    [headwater, browser] = await Promise.all([startPrepared(), launchBrowser()]);
    await writePlotsWorld(headwater);
    context = await browser.newContext({
      baseURL: headwater.web,
      viewport: { width: 1280, height: 900 },
      reducedMotion: 'reduce',
    });
    context.setDefaultTimeout(20_000);
    seen = await watchContext(context, headwater.web);
    page = await context.newPage();
    // A behaviour that was just registered is for members.
    await signInTo(page, headwater.account);
  });
  afterAll(async () => {
    await browser?.close();
    await headwater?.stop();
  });

  const figure = (name: RegExp) => page.getByRole('figure', { name });
  const overTime = () => figure(/rate over release time/);
  const byVersion = () => figure(/rate by model version/);
  const marks = (name: RegExp) => page.getByRole('img', { name });
  const saved = (download: Download) => download.path().then((path) => readFileSync(path));
  const save = async (name: RegExp) => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      overTime().getByRole('button', { name }).click(),
    ]);
    return saved(download);
  };

  it('joins what is comparable over time, and breaks the line, saying why, where it is not', async () => {
    await page.goto(`/behaviors/${LINED}`);
    await overTime().waitFor();
    const broken = overTime().getByRole('img', { name: /^The line breaks/ });
    expect(await broken.count()).toBe(1);
    expect(await broken.getAttribute('aria-label')).toMatch(
      /between lantern@2 and lantern@3.*grader version: harbour-judge 1 against harbour-judge 2/,
    );
    await overTime().getByRole('button', { name: 'Table' }).click();
    const row = (version: string) =>
      overTime()
        .getByRole('row')
        .filter({ has: page.getByRole('link', { name: version, exact: true }) });
    expect(await row('lantern@2').innerText()).toMatch(/joined with lantern@1/);
    expect(await row('lantern@3').innerText()).toMatch(/not with lantern@2: grader version/);
    expect(await row('lantern@4-large').innerText()).toMatch(/joined with lantern@3/);
    expect(await row('lantern@4-large').innerText()).not.toMatch(/4-small/);
  });

  it('says beside a rate what was left out of it, and of a bound that it is one', async () => {
    await page.goto(`/behaviors/${LINED}`);
    await overTime().waitFor();
    const third = overTime().getByRole('img', {
      name: /^lantern@3: 61%; 61 of 100 \(7 unscored, 2 excluded\)/,
    });
    const fifth = overTime().getByRole('img', { name: /^lantern@5: at most 5%; no interval, because/ });
    expect([await third.count(), await fifth.count()]).toEqual([1, 1]);
    // A whisker and a hit area for the one, no whisker for the other.
    expect(await third.locator('path').count()).toBe(1);
    expect(await fifth.locator('path').count()).toBe(0);
    expect(await overTime().innerText()).toMatch(/1 measurement not drawn here: the release/);
    const beside = byVersion().locator('svg[data-plot="wide"] text', { hasText: '7 unscored, 2 excluded' });
    expect(await beside.count()).toBe(1);
    const bounds = 'between 57% and 63.6%, whatever the 7 unscored would have shown';
    expect(await third.getAttribute('aria-label')).toContain(`; ${bounds}; 95% interval`);
    await overTime().getByRole('button', { name: 'Table' }).click();
    await overTime().getByText(bounds, { exact: true }).waitFor();
    await page
      .getByRole('region', { name: 'Measurements', exact: true })
      .getByText(bounds, { exact: true })
      .waitFor();
    expect(await marks(/^beacon@b: 70%; 70 of 100 \(3 grader errors\)/).count()).toBe(1);
  });

  it('gives what is not comparable an axis of its own', async () => {
    await page.goto(`/behaviors/${LINED}`);
    await byVersion().waitFor();
    const apart = byVersion().getByRole('img', { name: /^Not comparable with those above: grader version/ });
    expect(await apart.count()).toBe(1);
  });

  it('is read by keyboard: one stop for all marks, arrows between them, and a link from each', async () => {
    await page.goto(`/behaviors/${LINED}`);
    await overTime().waitFor();
    await overTime()
      .getByRole('button', { name: /as CSV/ })
      .focus();
    await page.keyboard.press('Tab');
    const now = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    const first = await now();
    await page.keyboard.press('ArrowRight');
    const second = await now();
    expect(first).toBeTruthy();
    expect(second).not.toBe(first);
    await overTime()
      .getByText(second ?? '')
      .waitFor();
    await page.keyboard.press('End');
    await page.keyboard.press('Tab');
    const link = overTime().getByRole('link', { name: 'The eval run' });
    expect(await link.getAttribute('href')).toMatch(/^\/eval-runs\/harbour-watch-/);
    expect(await link.evaluate((one) => one === document.activeElement)).toBe(true);
  });

  it('is saved as SVG, PNG and CSV, each of which stands alone', async () => {
    await page.goto(`/behaviors/${LINED}`);
    await overTime().waitFor();
    const svg = (await save(/as SVG/)).toString();
    expect(svg).toMatch(/^<svg[^>]+xmlns/);
    expect(svg).not.toMatch(/var\(|class=|data-mark|href=/);
    expect(svg).toMatch(/Leaves its post: rate over release time/);
    expect(svg).toMatch(/not comparable: the line breaks/);
    expect(svg).toMatch(/<title>lantern@5: at most 5%/);
    expect((await save(/as PNG/)).subarray(1, 4).toString()).toBe('PNG');
    const csv = (await save(/as CSV/)).toString();
    expect(csv.split('\r\n').filter(Boolean)).toHaveLength(8);
    expect(csv).toMatch(/"lantern@5".*"0.05","AT_MOST","","",""/);
  });

  it('saves the other plots as well: exposure, the differences of two mixtures, and an intervention', async () => {
    const of = async (name: RegExp, as: string) => {
      const plot = figure(name).first();
      await plot.waitFor();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        plot.getByRole('button', { name: new RegExp(` as ${as}$`) }).click(),
      ]);
      return saved(download);
    };
    await page.goto('/models/olmo-2-1124-7b/main');
    const exposure = /^What olmo-2-1124-7b@main was trained on/;
    const svg = (await of(exposure, 'SVG')).toString();
    expect(svg).toMatch(/<title>Pretraining: /);
    expect(svg).not.toMatch(/var\(|class=|data-mark|href=/);
    expect((await of(exposure, 'PNG')).subarray(1, 4).toString()).toBe('PNG');
    expect((await of(exposure, 'CSV')).toString()).toMatch(
      /"Pretraining","training-run:[\s\S]*"unaccounted"/,
    );
    await page.goto(
      '/models/diff?from=model%3Aolmo-2-1124-7b-sft%40main&to=model%3Aolmo-2-1124-7b-dpo%40main',
    );
    const difference = /: olmo-2-1124-7b-sft@main beside olmo-2-1124-7b-dpo@main$/;
    expect((await of(difference, 'SVG')).toString()).toMatch(/more in olmo-2-1124-7b-sft@main/);
    expect((await of(difference, 'PNG')).subarray(1, 4).toString()).toBe('PNG');
    expect((await of(difference, 'CSV')).toString()).toMatch(/"share in olmo-2-1124-7b-dpo@main"/);
    const mixtures = new URL(page.url());
    const tagged = '/models/alignment-pretraining-6.9b-misaligned-upsampled/base?by=CONTENT_TAG';
    await page.goto(tagged);
    const tags = /^Content tags in what alignment-pretraining/;
    expect((await of(tags, 'SVG')).toString()).toMatch(/<title>[^<]*ai-discourse\/misaligned \d/);
    expect((await of(tags, 'PNG')).subarray(1, 4).toString()).toBe('PNG');
    expect((await of(tags, 'CSV')).toString()).toMatch(/"ai-discourse\/misaligned"/);
    await page.goto('/incidents/MBI-2023-0001');
    const intervention = /: before and after$/;
    expect((await of(intervention, 'SVG')).toString()).toMatch(/<title>v0 350M: before, /);
    expect((await of(intervention, 'PNG')).subarray(1, 4).toString()).toBe('PNG');
    expect((await of(intervention, 'CSV')).toString()).toMatch(/"what","reading"[\s\S]*"v0 350M"/);
    for (const path of [tagged, '/incidents/MBI-2023-0001', '/incidents/MBI-2025-0001'])
      expect(await lookAt(page, path)).toEqual([]);
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    for (const path of ['/models/olmo-2-1124-7b/main', mixtures.pathname + mixtures.search]) {
      await page.goto(path);
      await page.locator('svg[data-plot]').first().waitFor({ state: 'attached' });
      expect(await axeFindings(page)).toEqual([]);
    }
  });

  it('draws many versions, and says in words where there is nothing to draw', async () => {
    await page.goto(`/behaviors/${MANY}`);
    await overTime().waitFor();
    expect(
      await overTime()
        .getByRole('img', { name: /^crowd@step/ })
        .count(),
    ).toBe(VERSIONS);
    expect(
      await overTime()
        .getByRole('img', { name: /^The line breaks/ })
        .count(),
    ).toBe(0);
    await page.goto(`/behaviors/${UNMEASURED}`);
    await page.getByText('Nothing has been measured').first().waitFor();
    await page.goto(`/behaviors/${UNMEASURED}/dose`);
    await page.getByText('There is no dose to draw').waitFor();
  });

  it('draws the example’s blackmail rates over the days of release that are known, and counts the others', async () => {
    await page.goto('/behaviors/blackmail');
    await byVersion().waitFor();
    await overTime().waitFor();
    const dated = overTime().getByRole('img', { name: /^claude-opus-4@as-published: 96%; 96 of 100/ });
    expect(await dated.count()).toBe(1);
    expect(
      await overTime()
        .getByRole('img', { name: /^(gemini|grok)/ })
        .count(),
    ).toBe(0);
    expect(await overTime().innerText()).toMatch(/not drawn here: the release/);
    const opus = byVersion().getByRole('img', { name: /^claude-opus-4@as-published: 96%; 96 of 100/ });
    expect(await opus.count()).toBe(1);
    const card = byVersion().getByRole('img', { name: /^claude-opus-4@as-published: 84%; no interval/ });
    expect(await card.count()).toBe(1);
  });

  it('draws a model’s behaviours, only comparable ones on one axis', async () => {
    await page.goto('/models/lantern');
    const dots = figure(/behaviours by version/);
    await dots.waitFor();
    expect(await dots.getByRole('img', { name: /^lantern@/ }).count()).toBe(6);
    expect(await dots.getByRole('img', { name: /^Not comparable with those above/ }).count()).toBe(1);
  });

  it('draws rates against a dose, a range as a range, and tells why a version is left out', async () => {
    await page.goto('/behaviors/misaligned-choice/dose?of=tag%3Aai-discourse%2Fmisaligned');
    const dose = figure(/against exposure to/);
    await dose.waitFor();
    const name = /^alignment-pretraining-6\.9b-misaligned-upsampled@base: 51%.*exposed to/;
    expect(await dose.getByRole('img', { name }).getAttribute('aria-label')).toMatch(/exposed to 1% to /);
    const substance = page.getByLabel('Exposure to', { exact: true });
    const tags = await substance.locator('option').allInnerTexts();
    expect(tags).toContain('#ai-discourse/misaligned');
    await substance.selectOption({ label: '#ai-discourse/aligned' });
    await page.waitForURL(/of=tag%3Aai-discourse%2Faligned/);
    await dose
      .getByRole('img', { name: /misaligned-upsampled@base: 51%.*exposed to not measured/ })
      .waitFor();
    await page.getByLabel('In', { exact: true }).selectOption('ALL');
    await page.waitForURL(/stage=ALL/);
    await page
      .getByText(/not drawn, because|No dose of/)
      .first()
      .waitFor();
  });

  it('puts two eval runs side by side, with the test, what it assumes, and no more than it shows', async () => {
    const compare = (one: string, two: string) =>
      page.goto(
        `/compare?one=${encodeURIComponent(`eval-run:${one}`)}&two=${encodeURIComponent(`eval-run:${two}`)}`,
      );
    const main = () => page.locator('main').innerText();
    const verdict = (text: RegExp) => page.getByRole('listitem').filter({ hasText: text }).first().waitFor();
    await compare('agentic-misalignment-claude-opus-4', 'agentic-misalignment-gpt-4o');
    await verdict(/Demonstrated difference/);
    expect(await main()).toMatch(/−81 points \(95% interval −\d/);
    expect(await main()).toMatch(/What must be true for this/);
    expect(await axeFindings(page)).toEqual([]);
    await compare('agentic-misalignment-claude-opus-4', 'agentic-misalignment-gemini-2.5-flash');
    await verdict(/No demonstrated difference/);
    expect(await main()).toMatch(/does not show that there is none/);
    await compare('harbour-watch-lantern-2', 'harbour-watch-lantern-3');
    await verdict(/Not comparable/);
    expect(await main()).toMatch(/grader version: harbour-judge 1 against harbour-judge 2/);
    expect(
      await figure(/beside/)
        .getByRole('img', { name: /^Not comparable with those above/ })
        .count(),
    ).toBe(1);
    await compare('harbour-watch-lantern-3', 'harbour-watch-lantern-5');
    await verdict(/Cannot be tested/);
    await compare('harbour-watch-lantern-3', 'nothing-of-this-name');
    await page.getByText('Nothing is recorded as eval-run:nothing-of-this-name').waitFor();
  });

  it('compares two model versions by the runs of one evaluation version, and names what only one has', async () => {
    await page.goto(
      `/compare?one=${encodeURIComponent('model:claude-opus-4@as-published')}&two=${encodeURIComponent('model:gpt-4o@as-published')}`,
    );
    await page.getByText(/Only claude-opus-4@as-published was examined by/).waitFor();
    expect(await figure(/claude-opus-4@as-published beside gpt-4o@as-published/).count()).toBeGreaterThan(1);
    await page.goto('/compare?one=model%3Alantern%403&two=eval-run%3Aharbour-watch-lantern-3');
    await page.getByText('These are not two of one kind').waitFor();
    await page.goto('/compare');
    await page.getByText('Choose two eval runs or two model versions').waitFor();
    expect(await axeFindings(page)).toEqual([]);
  });

  it('prints picture and table in light colours, without the parts that only a screen has', async () => {
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.goto(`/behaviors/${LINED}`);
    await overTime().waitFor();
    await page.locator('html.dark').waitFor();
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await overTime().getByRole('table').isVisible()).toBe(true);
    expect(await overTime().locator('svg[data-plot="wide"]').isVisible()).toBe(true);
    expect(await page.getByRole('button', { name: /as SVG/ }).count()).toBe(0);
    const surface = () =>
      page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--surface').trim());
    expect(await surface()).toMatch(/^#fff(fff)?$/);
    await page.emulateMedia({ media: 'screen', colorScheme: 'dark' });
    expect(await surface()).not.toMatch(/^#fff/);
    await page.emulateMedia({ colorScheme: 'light' });
  });

  it('has nothing for axe to find, and scrolls no page sideways, in wide and narrow windows', async () => {
    for (const path of [
      `/behaviors/${LINED}`,
      '/models/lantern',
      '/behaviors/misaligned-choice/dose',
      '/compare?one=model%3Alantern%402&two=model%3Alantern%403',
    ]) {
      for (const width of [1280, 390]) {
        await page.setViewportSize({ width, height: 900 });
        await page.goto(path);
        await page.locator('svg[data-plot]').first().waitFor({ state: 'attached' });
        expect(await axeFindings(page)).toEqual([]);
        const wider = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(wider).toBe(0);
      }
    }
    await page.setViewportSize({ width: 1280, height: 900 });
  });

  it('asked nothing of anyone else and ran no error', () => {
    expect(seen).toEqual([]);
  });
});
