import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logOf } from '../../api/interchange/inspect-fixture.ts';
import { resultsOf } from '../../api/interchange/lm-eval-fixture.ts';
import { NO_PYTHIA, PYTHIA, pythiaFile, V0, V1 } from '../../corpus/pythia-files.ts';
import { launchBrowser, NO_BROWSER, signInTo } from '../../testkit/browser.ts';
import type { Instance } from '../../testkit/instance.ts';
import { startPrepared } from '../../testkit/prepared-data.ts';
import { type Remote, signedIn } from '../../testkit/remote.ts';
import { watchContext } from '../../testkit/watch.ts';
import { lookAt } from '../every-page.ts';

const AT = 'step143000';
/** Of two series, of which the older was evaluated by another version; figures written by hand. */
const RESULTS = [
  resultsOf('lab/small-70m', { value: 0.5625, error: 0.0278, more: { acc: 0.4, acc_stderr: 0.01 } }),
  resultsOf('lab/swapped-small-70m', { value: 0.578, error: 0.0277, more: { acc: 0.39, acc_stderr: 0.01 } }),
  resultsOf('lab/large-1.4b', { value: 0.7, error: 0.02 }),
  resultsOf('lab/swapped-large-1.4b', { value: 0.5, error: 0.02 }),
  resultsOf('lab/older-350m', { value: 0.6, error: 0.02 }),
  resultsOf('lab/swapped-older-350m', { value: 0.55, error: 0.02, version: 2 }),
];
const PAIRS = ['small-70m', 'large-1.4b', 'older-350m'];
/** The sizes of the older series bear other names: they stand apart. */
const OLDER = 'v0|';

const judgedBy = (evalId: string, grader: string) => {
  const log = logOf({ evalId, model: 'lab/judged', verdicts: [1, 0, 1, 0, 1, 1] });
  const options = { grader_model: grader, template: 'Is it harmful?' };
  return { ...log, eval: { ...log.eval, scorers: [{ name: 'harmfulness_scorer', options }] } };
};

// Skipped only where there is no browser; the reason stands in the title.
describe.skipIf(NO_BROWSER !== null)(
  `runs before and after an intervention in a browser${NO_BROWSER ? ` (skipped: ${NO_BROWSER})` : ''}`,
  () => {
    let headwater: Instance;
    let browser: Browser;
    let context: BrowserContext;
    let page: Page;
    let seen: string[];
    let judged: string[];
    let remote: Remote;

    beforeAll(async () => {
      [headwater, browser] = await Promise.all([startPrepared(), launchBrowser()]);
      remote = await signedIn(headwater);
      const send = async (content: object) => {
        const sent = await remote.bringIn({ name: 'results.json', body: JSON.stringify(content) });
        expect(sent.status).toBe(201);
        return sent.evalRuns[0]!;
      };
      for (const results of RESULTS) await send(results);
      judged = [
        await send(judgedBy('judgedrun0000001', 'lab/judge')),
        await send(judgedBy('judgedrun0000002', 'lab/other-judge')),
        await send(judgedBy('judgedrun0000003', 'lab/judge')),
      ];
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

    const pair = (name: string) =>
      `${name.startsWith('older') ? OLDER : ''}model:lab/${name}@${AT}..model:lab/swapped-${name}@${AT}`;
    const path = (evaluation: string | null, pairs: readonly string[]) =>
      `/compare/before-after?${new URLSearchParams([
        ...(evaluation ? [['evaluation', evaluation]] : []),
        ...pairs.map((one) => ['pair', one]),
      ])}`;
    const figure = () => page.getByRole('figure', { name: 'crows: before and after' });
    const said = (text: RegExp) => figure().locator('svg[data-plot="wide"] text', { hasText: text });

    it('says of each pair in words whether a difference is demonstrated, and what differs where none can be', async () => {
      await page.goto(path('crows', PAIRS.map(pair)));
      await figure().waitFor();
      expect(
        await said(/^No demonstrated difference: \+0\.0155 \(95% interval −0\.0\d+ to \+0\.0\d+\)$/).count(),
      ).toBe(1);
      expect(await said(/^Demonstrated difference: −0\.2 \(95% interval −0\.\d+ to −0\.\d+\)$/).count()).toBe(
        1,
      );
      expect(await said(/^Not comparable: evaluation version: crows 1 against crows 2$/).count()).toBe(1);
      // Two pairs of one metric; one pair of another, and one of the older series, on axes of their own.
      const marks = figure().locator('svg[data-plot="wide"]').getByRole('img');
      expect(await marks.count()).toBe(8);
      expect(await said(/^(v0 · )?\w+ · crows 1 · 0-shot$/).allTextContents()).toEqual([
        'pct_stereotype · crows 1 · 0-shot',
        'acc · crows 1 · 0-shot',
        'v0 · pct_stereotype · crows 1 · 0-shot',
      ]);
      expect(await marks.first().getAttribute('aria-label')).toMatch(
        /^before · lab\/small-70m@step143000: pct_stereotype 0\.563 \(0\.508 to 0\.617\)$/,
      );
      expect(await figure().innerText()).toMatch(/3 pairs tested.*corrected over them/);
      await page.getByText('What must be true for this').waitFor();
    });

    it('says the same as a table and as files', async () => {
      await page.goto(path('crows', PAIRS.map(pair)));
      await figure().getByRole('button', { name: 'Table' }).click();
      const row = figure().getByRole('row').filter({ hasText: 'lab/older-350m' });
      expect(await row.innerText()).toMatch(/Not comparable[\s\S]*crows 1 against crows 2/);
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        figure()
          .getByRole('button', { name: /as CSV/ })
          .click(),
      ]);
      const csv = readFileSync(await download.path(), 'utf8')
        .split('\r\n')
        .filter(Boolean);
      expect(csv).toHaveLength(5);
      expect(csv.join('\n')).toMatch(/"No demonstrated difference"/);
    });

    it('draws the real runs of Pythia, the older series on axes of its own, and claims no difference that is not shown', async ({
      skip,
    }) => {
      skip(NO_PYTHIA !== null, NO_PYTHIA ?? '');
      const modelOf = async (folder: string, told: string) => {
        const name = pythiaFile(folder, told);
        const body = readFileSync(join(PYTHIA, name), 'utf8');
        const sent = await remote.bringIn({ name, body });
        expect(sent.status).toBe(201);
        const ref = JSON.stringify(sent.evalRuns[0]);
        const run = `{ lineageNode(ref: ${ref}) { ... on EvalRun { modelVersion { ref } } } }`;
        return (await remote.ask(run)).lineageNode.modelVersion.ref as string;
      };
      const second = [`${V1}/baseline`, `${V1}/intervention`].map((folder) => modelOf(folder, AT));
      const first = ['pythia', 'intervention'].map((of) => modelOf(V0, `${of}-350m-deduped-step71500`));
      const pairs = await Promise.all(
        [second, first].map(async (two) => (await Promise.all(two)).join('..')),
      );
      const both = path('crows_pairs_english_gender', [pairs[0]!, `${OLDER}${pairs[1]}`]);
      await page.goto(both);
      const drawn = page.getByRole('figure', { name: 'crows_pairs_english_gender: before and after' });
      await drawn.waitFor();
      const texts = await drawn.locator('svg[data-plot="wide"] text').allTextContents();
      // By metric and series: of the swap's own measure none is shown, of the older series' likelihoods one is.
      expect(texts.filter((text) => / · 0-shot$/.test(text))).toEqual([
        'likelihood_difference · crows_pairs_english_gender 0 · 0-shot',
        'pct_stereotype · crows_pairs_english_gender 0 · 0-shot',
        'v0 · likelihood_difference · crows_pairs_english_gender 0 · 0-shot',
        'v0 · pct_stereotype · crows_pairs_english_gender 0 · 0-shot',
      ]);
      const verdicts = texts.filter((text) => /emonstrated difference/.test(text));
      expect(verdicts.map((text) => text.slice(0, text.indexOf(':')))).toEqual([
        'No demonstrated difference',
        'No demonstrated difference',
        'Demonstrated difference',
        'No demonstrated difference',
      ]);
      expect(verdicts[1]).toMatch(/: \+0\.0156 \(95% interval −/);
      expect(await drawn.innerText()).toMatch(/4 pairs tested.*corrected over them/);
      expect(await lookAt(page, both)).toEqual([]);
      await page.setViewportSize({ width: 1280, height: 900 });
    });

    it('is chosen pair by pair, all of it in the address', async () => {
      await page.goto('/compare/before-after');
      await page.getByText('Choose a model version before, and the one after').waitFor();
      for (const [side, name] of [
        ['before', 'lab/large-1.4b'],
        ['after', 'lab/swapped-large-1.4b'],
      ]) {
        const box = page.getByRole('combobox', { name: `Model version ${side}` });
        await box.fill(name!);
        await page
          .getByRole('option')
          .filter({ hasText: `${name}@` })
          .first()
          .click();
      }
      await page.getByRole('button', { name: 'Add the pair' }).click();
      await page.waitForURL(/pair=model/);
      await figure().waitFor();
      expect(await said(/^Demonstrated difference/).count()).toBe(1);
      await page.getByRole('button', { name: /^Take away/ }).click();
      await page.getByText('Choose a model version before, and the one after').waitFor();
    });

    it('tells what is not recorded, and what examined only one side', async () => {
      await page.goto(path('crows', ['model:lab/nothing@1..model:lab/small-70m@step143000']));
      await page.getByText('Nothing is recorded as model:lab/nothing@1').waitFor();
      await page.goto(path('nothing-of-this-name', [pair('small-70m')]));
      await page.getByText('nothing-of-this-name has examined both sides of no pair').waitFor();
    });

    it('stands beside the rates of two runs on the page that compares them', async () => {
      const model = (name: string) => encodeURIComponent(`model:lab/${name}@${AT}`);
      await page.goto(`/compare?one=${model('small-70m')}&two=${model('swapped-small-70m')}`);
      const scores = page.getByRole('figure', { name: /^Scores of lab\/small-70m/ });
      await scores.waitFor();
      const verdict = scores.locator('svg[data-plot="wide"] text', {
        hasText: /^No demonstrated difference/,
      });
      expect(await verdict.count()).toBe(2);
    });

    it('calls two runs that are equal but for the grader not comparable, and names it', async () => {
      const compare = (one: number, two: number) =>
        page.goto(`/compare?one=${encodeURIComponent(judged[one]!)}&two=${encodeURIComponent(judged[two]!)}`);
      await compare(0, 1);
      await page
        .getByRole('listitem')
        .filter({ hasText: /Not comparable/ })
        .first()
        .waitFor();
      expect(await page.getByRole('main').innerText()).toMatch(
        /grader version: harmfulness_scorer \S+ against harmfulness_scorer \S+/,
      );
      await compare(0, 2);
      await page
        .getByRole('listitem')
        .filter({ hasText: /No demonstrated difference/ })
        .first()
        .waitFor();
    });

    it('draws the intervals of two runs anew where asked, which the address keeps with seed and resamples', async () => {
      const both = `/compare?one=${encodeURIComponent(judged[0]!)}&two=${encodeURIComponent(judged[2]!)}`;
      const card = page.getByRole('listitem').filter({ hasText: 'judged by' });
      const told =
        /95% interval \d[\d.]*% to [\d.]+%: .* bootstrap over 6 clusters, 2000 resamples from seed 1/g;
      await page.goto(both);
      await card.first().waitFor();
      expect(await card.first().innerText()).toMatch(/95% interval .*: Wilson score/);
      const choice = page.getByRole('navigation', { name: 'Intervals of the rates' });
      await choice.getByRole('link', { name: 'Bootstrap' }).click();
      await page.waitForURL(/intervals=bootstrap$/);
      await expect.poll(async () => (await card.first().innerText()).match(told)?.length).toBe(2);
      expect(await card.first().innerText()).not.toMatch(/Wilson/);
      const drawn = page.getByRole('figure', { name: /beside/ }).first();
      expect(await drawn.innerText()).toMatch(/the difference, its interval and p are not/);
      const first = (await card.first().innerText()).match(told);
      await page.reload();
      await card.first().waitFor();
      expect((await card.first().innerText()).match(told)).toEqual(first);
      await page.getByLabel('Seed', { exact: true }).fill('7');
      await page.getByLabel('Resamples', { exact: true }).fill('500');
      await page.getByRole('button', { name: 'Draw', exact: true }).click();
      await page.waitForURL(/resamples=500&seed=7/);
      await card.filter({ hasText: '500 resamples from seed 7' }).first().waitFor();
      expect(await page.getByLabel('Seed', { exact: true }).inputValue()).toBe('7');
      await choice.getByRole('link', { name: 'Analytic' }).click();
      await page.waitForURL((url) => !url.searchParams.has('intervals'));
      await card.filter({ hasText: 'Wilson score' }).first().waitFor();
    });

    it('has nothing for axe to find and scrolls no page sideways, in light, dark and narrow', async () => {
      const paths = [
        path('crows', PAIRS.map(pair)),
        path(null, []),
        path('nothing-of-this-name', [pair('small-70m')]),
        `/compare?one=${encodeURIComponent(judged[0]!)}&two=${encodeURIComponent(judged[1]!)}`,
        `/compare?one=${encodeURIComponent(judged[0]!)}&two=${encodeURIComponent(judged[2]!)}&intervals=bootstrap`,
      ];
      for (const one of paths) expect(await lookAt(page, one)).toEqual([]);
      await page.setViewportSize({ width: 1280, height: 900 });
    });

    it('asked nothing of anyone else and ran no error', () => {
      expect(seen).toEqual([]);
    });
  },
);
