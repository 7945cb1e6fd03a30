import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFindings, launchBrowser, NO_BROWSER, signInTo } from '../../testkit/browser.ts';
import type { Instance } from '../../testkit/instance.ts';
import { startPrepared } from '../../testkit/prepared-data.ts';
import { watchContext } from '../../testkit/watch.ts';
import { lookAt } from '../every-page.ts';
import { AT_THE_END, FOLDED_AWAY, type RunWorld, SAMPLES, SECRET, writeRunWorld } from './run-world.ts';

const REASON = 'To see what the model was told about the house.';
/** Of the verdicts of the world: every third harmful, but for every tenth, which none was given of. */
const EXHIBITED = Array.from({ length: SAMPLES }, (_, i) => i).filter(
  (i) => i % 3 === 0 && i % 10 !== 9,
).length;
const UNSCORED = SAMPLES / 10;

// Skipped only where there is no browser; the reason stands in the title.
describe.skipIf(NO_BROWSER !== null)(
  `an eval run, its samples and its import in a browser${NO_BROWSER ? ` (skipped: ${NO_BROWSER})` : ''}`,
  () => {
    let headwater: Instance;
    let browser: Browser;
    let context: BrowserContext;
    let page: Page;
    let world: RunWorld;
    let seen: string[];

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

    const runPath = (query = '') => `/eval-runs/${encodeURIComponent(world.many)}${query}`;
    const judgedPath = () => `/eval-runs/${encodeURIComponent(world.judgedTwice)}`;
    const samplePath = (id: string, hash = '', run = world.many) =>
      `/eval-runs/${encodeURIComponent(run)}/samples/${id}${hash}`;
    const samples = () => page.getByRole('region', { name: 'Samples', exact: true });
    const messages = () => page.getByRole('region', { name: 'Conversation', exact: true });
    const message = (index: number) => messages().getByRole('article', { name: `Message ${index},` });
    const find = async (text: string) => {
      const box = page.getByRole('searchbox', { name: 'Find in the messages and scores' });
      await box.fill(text);
      await box.press('Enter');
    };
    /** Whether a message begins within what is seen of the box of the messages. */
    const inSight = async (index: number) => {
      const [inner, outer] = await Promise.all([message(index).boundingBox(), messages().boundingBox()]);
      if (inner === null || outer === null) return false;
      const ends = Math.min(outer.y + outer.height, page.viewportSize()!.height);
      return inner.y >= Math.max(outer.y, 0) - 1 && inner.y < ends;
    };
    const openTranscript = async (path: string) => {
      await page.goto(path);
      const show = page.getByRole('button', { name: 'Show the transcripts of this run' });
      await show.or(messages()).first().waitFor();
      if (await show.isVisible()) await show.click();
      await messages().waitFor();
    };

    it('lists its samples by the hundred, of which only those in sight are drawn', async () => {
      await page.goto(runPath());
      await page.getByText(`${SAMPLES} samples`, { exact: true }).waitFor();
      const table = samples().locator('table');
      await samples().getByRole('link', { name: 's1', exact: true }).waitFor();
      expect(await table.getAttribute('aria-rowcount')).toBe(String(SAMPLES + 1));
      expect(await table.getByRole('row').count()).toBeLessThan(50);
      const last = samples().getByRole('link', { name: `s${SAMPLES}`, exact: true });
      await expect
        .poll(
          async () => {
            await samples().evaluate((box) => box.scrollTo(0, box.scrollHeight));
            return last.count();
          },
          { timeout: 20_000 },
        )
        .toBe(1);
      expect(await samples().getByRole('link', { name: 's1', exact: true }).count()).toBe(0);
    });

    it('shows those of an outcome, of a score and of a condition, which the address keeps', async () => {
      await page.goto(runPath());
      const outcome = page.getByLabel('Outcome', { exact: true });
      await outcome.selectOption('EXHIBITED');
      await page.waitForURL(/outcome=EXHIBITED/);
      await page.getByText(`${EXHIBITED} samples`, { exact: true }).waitFor();
      await page.getByLabel('Condition', { exact: true }).selectOption({ index: 1 });
      await page.waitForURL(/condition=/);
      await page.getByText(`${EXHIBITED} samples`, { exact: true }).waitFor();
      await page.reload();
      await page.getByText(`${EXHIBITED} samples`, { exact: true }).waitFor();
      expect(await outcome.inputValue()).toBe('EXHIBITED');
      await outcome.selectOption('UNSCORED');
      await page.getByText(`${UNSCORED} samples`, { exact: true }).waitFor();
      await page.getByRole('button', { name: 'Clear', exact: true }).click();
      await page.getByText(`${SAMPLES} samples`, { exact: true }).waitFor();
      const score = page.getByLabel('Score', { exact: true });
      const harmful = (await score.locator('option').allInnerTexts()).find((text) =>
        /harmful = 1 /.test(text),
      );
      expect(harmful).toContain(`(${EXHIBITED})`);
      await score.selectOption({ label: harmful! });
      await page.getByText(`${EXHIBITED} samples`, { exact: true }).waitFor();
      await page.goto(runPath('?condition=none+of+the+kind'));
      await page.getByText('No sample meets all of this').waitFor();
      expect(await page.getByLabel('Condition', { exact: true }).inputValue()).toBe('none of the kind');
      await page.getByRole('button', { name: 'Show all' }).click();
      await page.getByText(`${SAMPLES} samples`, { exact: true }).waitFor();
    });

    it('says beside a rate between what it lies, whatever the unscored would have shown', async () => {
      await page.goto(runPath());
      const measured = page.getByRole('region', { name: 'Measurements', exact: true });
      const lower = ((EXHIBITED / SAMPLES) * 100).toFixed(1);
      const upper = (((EXHIBITED + UNSCORED) / SAMPLES) * 100).toFixed(1);
      const figure = (text: string) => text.replace('.0', '');
      const said = `between ${figure(lower)}% and ${figure(upper)}%, whatever the ${UNSCORED} unscored would have shown`;
      await measured.getByText(said, { exact: true }).waitFor();
      await page.goto(judgedPath());
      await measured.getByRole('row').nth(2).waitFor();
      expect(await measured.innerText()).not.toMatch(/whatever/);
    });

    it('tells how far the graders of one sample agree, people among them, and nothing where there is one grader', async () => {
      await page.goto(judgedPath());
      const agreement = page.locator('#agreement');
      await agreement.getByRole('heading', { name: /Agreement of graders/ }).waitFor();
      const pair = agreement.getByRole('region', { name: 'Agreement on Score “harmful”, two by two' });
      // Observed 0.7, by chance 0.5.
      expect(await pair.innerText()).toMatch(
        /harmfulness_scorer and people\s+35 of 50 · 70%\s+0\.40\s+40% of the way from chance to full\s+0\.1\d to 0\.6\d/,
      );
      expect(await agreement.innerText()).toMatch(/Krippendorff’s α\s+0\.3\d|Krippendorff’s α\s+0\.4\d/);
      expect(await agreement.innerText()).toMatch(/50 samples that two or more of them judged/);
      expect(await agreement.innerText()).toMatch(/not whether they are right/);
      const link = page.getByRole('link', { name: 'Agreement', exact: true });
      expect(await link.count()).toBe(1);
      await page.goto(runPath());
      await page.getByText(`${SAMPLES} samples`, { exact: true }).waitFor();
      expect([await agreement.count(), await link.count()]).toEqual([0, 0]);
    });

    it('is gone through with the keyboard', async () => {
      await page.goto(runPath());
      await samples().getByRole('link', { name: 's1', exact: true }).focus();
      await page.keyboard.press('ArrowDown');
      const now = () => page.evaluate(() => document.activeElement?.textContent);
      await expect.poll(now).toBe('s2');
      await page.keyboard.press('PageDown');
      await expect.poll(now).toBe('s12');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Sample s12' }).waitFor();
    });

    it('shows a transcript behind its warning, at the message of the address, which is marked', async () => {
      await page.goto(samplePath('s1', '#message-41'));
      await page.getByText('The model showed the behaviour in this sample').waitFor();
      expect(await page.getByText('Where is the key?').count()).toBe(0);
      await page.getByRole('button', { name: 'Show the transcripts of this run' }).click();
      await message(41).waitFor();
      await expect.poll(() => inSight(41)).toBe(true);
      expect(await messages().locator('[aria-current]').getAttribute('id')).toBe('message-41');
      // Most are not drawn.
      expect(await messages().getByRole('article').count()).toBeLessThan(40);
      await page.evaluate(() => {
        window.location.hash = '#message-2';
      });
      await expect.poll(() => inSight(2)).toBe(true);
      expect(await messages().locator('[aria-current]').getAttribute('id')).toBe('message-2');
      await message(2).getByText('Reasoning').waitFor();
      await message(2).getByRole('region', { name: 'Call of open_drawers' }).waitFor();
    });

    it('folds long outputs and long answers, and finds what stands behind the fold', async () => {
      await openTranscript(samplePath('s1', '#message-3'));
      await message(3).waitFor();
      expect(await message(3).innerText()).not.toContain(FOLDED_AWAY);
      await message(3)
        .getByRole('button', { name: /^Show all [\d,]+ characters of message 3$/ })
        .click();
      await message(3).getByText(FOLDED_AWAY).waitFor();
      await message(3).getByRole('button', { name: 'Fold message 3' }).click();
      expect(await message(3).innerText()).not.toContain(FOLDED_AWAY);

      await find(FOLDED_AWAY.toUpperCase());
      await page.getByText('1 of 1 message', { exact: true }).waitFor();
      await message(3).locator('mark', { hasText: FOLDED_AWAY }).waitFor();
      await message(3).getByRole('button', { name: 'Fold message 3' }).hover();
      await page.getByRole('tooltip', { name: /holds what is searched for/ }).waitFor();

      const scores = page.getByRole('region', { name: 'Scores', exact: true });
      expect(await scores.innerText()).not.toContain(AT_THE_END);
      await find(AT_THE_END);
      await page.getByText('In no message, and in 1 score', { exact: true }).waitFor();
      await scores.locator('mark', { hasText: AT_THE_END }).waitFor();
      await find('the garden');
      await page.getByText('1 of 60 messages', { exact: true }).waitFor();
      expect(await scores.innerText()).not.toContain(AT_THE_END);
      await page.getByRole('button', { name: 'Previous hit' }).click();
      await page.getByText('60 of 60 messages', { exact: true }).waitFor();
      await expect.poll(() => inSight(63)).toBe(true);
      await find('nothing of the kind');
      await page.getByText('Nothing found', { exact: true }).waitFor();
    });

    it('gives a restricted transcript for a reason, which is then on record', async () => {
      await page.goto(samplePath('s1', '', world.restricted));
      await page.getByText('This transcript is for named people alone').waitFor();
      expect(await page.getByText(SECRET).count()).toBe(0);
      const reason = page.getByLabel('Why do you need to read it?');
      await reason.fill('short');
      await page.getByRole('button', { name: 'Record the reason and reveal' }).click();
      expect(await reason.evaluate((box: HTMLTextAreaElement) => box.validity.tooShort)).toBe(true);
      expect(await page.getByText(SECRET).count()).toBe(0);
      await reason.fill(REASON);
      await page.getByRole('button', { name: 'Record the reason and reveal' }).click();
      await message(0).getByText(SECRET).waitFor();
      await page.goto(`/eval-runs/${encodeURIComponent(world.restricted)}`);
      await page.getByText('Opened 1 time, each with a reason').click();
      await page.getByText(REASON).waitFor();
      const stranger = await browser.newContext({ baseURL: headwater.web });
      const other = await stranger.newPage();
      await other.goto(samplePath('s1', '', world.restricted));
      expect(await other.getByText(/closed_house|named people/).count()).toBe(0);
      await stranger.close();
    });

    it('asks for another reason once the time is over for which a transcript was open', async () => {
      const later = await context.newPage();
      await later.clock.install();
      await later.goto(samplePath('s1', '', world.restricted));
      await later.getByLabel('Why do you need to read it?').fill(REASON);
      await later.getByRole('button', { name: 'Record the reason and reveal' }).click();
      await later.getByText(SECRET).first().waitFor();
      await later.clock.fastForward('11:00');
      const over = later
        .getByRole('status')
        .filter({ hasText: 'The time for which this transcript was open to you is over' });
      await over.getByText(/What you have read stays here/).waitFor();
      expect(await later.getByText(SECRET).count()).toBeGreaterThan(0);
      expect(await axeFindings(later)).toEqual([]);
      await over.getByLabel('Why do you need to read it again?').fill(`${REASON} Once more.`);
      await over.getByRole('button', { name: 'Record the reason and reveal' }).click();
      await over.waitFor({ state: 'detached' });
      await later.getByText(SECRET).first().waitFor();
      await later.close();
      await page.goto(`/eval-runs/${encodeURIComponent(world.restricted)}`);
      await page.getByText('Opened 3 times, each with a reason').waitFor();
    });

    it('files an incident from chosen samples, which carries them as its evidence', async () => {
      await page.goto(runPath('?outcome=EXHIBITED'));
      for (const id of ['s1', 's4'])
        await samples()
          .getByRole('checkbox', { name: `Choose ${id}, epoch 1` })
          .check();
      await page.getByText('2 chosen').waitFor();
      await page.getByRole('link', { name: 'File an incident from these samples' }).click();
      await page.getByText('Evidence that is added when it is filed').waitFor();
      await page.getByText('s4, epoch 1', { exact: true }).waitFor();
      await page.getByText('house-1').first().waitFor();
      await page.getByLabel('Title').fill('It looked for the key');
      // Another run is brought to the same draft and taken away: each sample stays one of its own run.
      await page.goto(`/eval-runs/${encodeURIComponent(world.restricted)}`);
      await page.getByRole('link', { name: 'File an incident from it' }).click();
      await page.getByText('Restored what you had typed').waitFor();
      await page.getByRole('button', { name: `Remove ${world.restricted}`, exact: true }).click();
      expect(await page.getByText(`of ${world.many}`, { exact: true }).count()).toBe(2);
      await page.getByLabel('What happened').fill('It went through the drawers without being asked to.');
      await page.getByRole('button', { name: 'File the incident' }).click();
      await page.waitForURL(/\/incidents\/MBI-/);
      const evidence = page.locator('#evidence');
      await evidence.getByText('Sample s1, epoch 1', { exact: true }).waitFor();
      await evidence.getByText('Sample s4, epoch 1', { exact: true }).waitFor();
      for (const id of ['s1', 's4'])
        await evidence
          .getByRole('button', {
            name: `Source of Sample ${id}, epoch 1: eval-run:${world.many} (primary)`,
            exact: true,
          })
          .waitFor();
      expect(await evidence.getByText('Where is the key?').count()).toBe(0);
      await evidence.getByRole('button', { name: 'Show the text' }).first().click();
      await evidence
        .getByText(/Where is the key\?|The question of s4/)
        .first()
        .waitFor();
      await evidence.getByRole('region', { name: 'Verdicts' }).getByText(AT_THE_END).waitFor();
      await evidence.getByText(/^(64 messages|1 message)$/).waitFor();
      expect(await page.getByRole('main').innerText()).toMatch(/blackmail/i);
    });

    it('shows of an import first what came of it, then what failed, then what is asked of a person', async () => {
      await page.goto(`/imports/${world.imports.many}`);
      await page.getByText('Taken in').waitFor();
      const text = await page.getByRole('main').innerText();
      const places = [
        /Taken in/,
        /\nEval run\s*1/,
        /To know before relying on it/,
        /\nModel\n/,
        /\nThe file\n/,
      ].map((part) => text.search(part));
      expect(places.every((at) => at >= 0)).toBe(true);
      expect(places).toEqual([...places].sort((a, b) => a - b));
      const fields = page.getByRole('region', { name: 'Fields of the file' });
      expect(await fields.isVisible()).toBe(false);
      await page.getByText('What became of each field', { exact: true }).click();
      await fields.waitFor();
      expect(await fields.getByRole('row').nth(1).innerText()).toMatch(/surprise[\s\S]*Not understood/);
      await page.getByRole('button', { name: /^Derived 2$/ }).click();
      expect(await fields.getByRole('row').count()).toBe(3);
      expect(await fields.getByRole('row').filter({ hasText: 'harmful' }).innerText()).toMatch(
        /measured as a behaviour/,
      );
      await page.getByRole('button', { name: /^Derived 2$/ }).click();
      await page.getByRole('searchbox', { name: 'Find a field' }).fill('EVAL.MODEL');
      await expect.poll(() => fields.getByRole('row').count()).toBeLessThan(6);
      await page.getByRole('searchbox', { name: 'Find a field' }).fill('nothing of the kind');
      await page.getByText('No field is like that.').waitFor();
      await page.getByRole('button', { name: 'Show all' }).click();
      await fields.getByText('surprise').waitFor();
    });

    it('puts the incidents of a file above its fields, and folds the runs of a long one', async () => {
      await page.goto(`/imports/${world.imports.incidents}`);
      await page.getByRole('link', { name: /The house was left open/ }).waitFor();
      const text = await page.getByRole('main').innerText();
      expect(text.indexOf('The house was left open')).toBeLessThan(text.indexOf('What became of each field'));
      await page.goto(`/imports/${world.imports.tasks}`);
      const runs = page.locator('#eval-runs');
      await runs.getByText('18 more eval runs').waitFor();
      expect(await runs.getByRole('link').count()).toBe(12);
      await runs.getByText('18 more eval runs').click();
      expect(await runs.getByRole('link').count()).toBe(30);
    });

    it('says why a file was given up', async () => {
      await page.goto(`/imports/${world.imports.broken}`);
      await page.getByText('Given up').first().waitFor();
      expect(await page.getByRole('region', { name: 'How far it has come' }).innerText()).toMatch(/eval/);
    });

    it('has nothing for axe to find and scrolls no page sideways, in light, dark and narrow', async () => {
      const { many, incidents, tasks, broken } = world.imports;
      const paths = [
        runPath(),
        runPath('?condition=none+of+the+kind'),
        judgedPath(),
        samplePath('s1', '#message-3'),
        samplePath('s2'),
        samplePath('s1', '', world.restricted),
        ...[many, incidents, tasks, broken].map((id) => `/imports/${id}`),
      ];
      for (const path of paths) expect(await lookAt(page, path)).toEqual([]);
      await page.setViewportSize({ width: 1280, height: 900 });
    });

    it('asked nothing of anyone else and ran no error', () => {
      expect(seen).toEqual([]);
    });
  },
);
