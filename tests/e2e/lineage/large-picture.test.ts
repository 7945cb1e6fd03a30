import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { syntheticLineage } from '../../bench/picture/synthetic-lineage.ts';
import { axeFindings, launchBrowser, NO_BROWSER } from '../../testkit/browser.ts';
import type { Instance } from '../../testkit/instance.ts';
import { startPrepared } from '../../testkit/prepared-data.ts';

// Skipped only where there is no browser; the reason stands in the title.
describe.skipIf(NO_BROWSER !== null)(
  `a large lineage${NO_BROWSER ? ` (skipped: ${NO_BROWSER})` : ''}`,
  () => {
    let headwater: Instance;
    let browser: Browser;
    let page: Page;
    let region: Locator;

    beforeAll(async () => {
      [headwater, browser] = await Promise.all([startPrepared(), launchBrowser()]);
      const context = await browser.newContext({
        baseURL: headwater.web,
        viewport: { width: 1440, height: 900 },
        reducedMotion: 'reduce',
      });
      context.setDefaultTimeout(20_000);
      page = await context.newPage();
      region = page.getByRole('region', { name: 'Picture of the lineage' });
      const answer = JSON.stringify(syntheticLineage(1500));
      await page.route('**/api/graphql', async (route) => {
        const asked = route.request().postData() ?? '';
        if (!asked.includes('query Lineage(')) return route.continue();
        return route.fulfill({ contentType: 'application/json', body: answer });
      });
      const kinds = 'SOURCE.DATASET_VERSION.TRAINING_RUN.MODEL_VERSION';
      await page.goto(`/lineage/${encodeURIComponent('dataset:the-pile@1.0')}?kinds=${kinds}`);
    });
    afterAll(async () => {
      await browser?.close();
      await headwater?.stop();
    });

    /** How many boxes in sight are drawn in full. */
    const inFull = () =>
      region.evaluate((frame) => {
        const { top, bottom } = frame.getBoundingClientRect();
        return [...frame.querySelectorAll('[data-node]')].filter((node) => {
          const box = node.getBoundingClientRect();
          return box.top < bottom && box.bottom > top;
        }).length;
      });
    const stands = () => expect.poll(inFull, { timeout: 10_000 }).toBeGreaterThan(60);

    it('opens around what was asked for, in full', async () => {
      await page.locator('[data-node="run-0"]').waitFor();
      // What has a duration is measured as it was before, and the picture would open somewhere else, now and then.
      const lasts = (element: Element) => getComputedStyle(element).transitionDuration;
      expect(await region.getByRole('group').evaluate(lasts)).toBe('0s');
      await stands();
    });

    it('is plain at first where it is jumped to, and in full where it stands', async () => {
      await region.evaluate(async (frame) => {
        frame.scrollTo(0, frame.scrollHeight / 2);
        await new Promise(requestAnimationFrame);
        await new Promise(requestAnimationFrame);
      });
      expect(await inFull()).toBeLessThan(20);
      await stands();
      expect(await axeFindings(page)).toEqual([]);
    });

    it('lights up what leads to the box that is pointed at, not while the picture moves', async () => {
      await region.scrollIntoViewIfNeeded();
      const { x, y, width, height } = (await region.boundingBox())!;
      const box = await region.evaluate(
        (frame, middle) => {
          const all = [...frame.querySelectorAll('[data-node^="data-1-"]')].map((e) =>
            e.getBoundingClientRect(),
          );
          const near = all.sort((a, b) => Math.abs(a.top - middle) - Math.abs(b.top - middle))[0];
          return near ? { x: near.left + 20, y: near.top + 10 } : null;
        },
        y + Math.min(height, 900 - y) / 2,
      );
      const dimmed = region.locator('[data-node][opacity="0.3"]');
      await page.mouse.move(box!.x, box!.y);
      await expect.poll(() => dimmed.count()).toBeGreaterThan(30);
      // So little that the pointer is over the same box.
      await page.mouse.wheel(0, 6);
      await expect.poll(() => dimmed.count()).toBe(0);
      await expect.poll(() => dimmed.count()).toBeGreaterThan(30);
      await page.mouse.move(x + width - 4, y + 4);
      await expect.poll(() => dimmed.count()).toBe(0);
      await stands();
    });

    it('is zoomed where the fingers are, as it stands, and drawn anew once they rest', async () => {
      await region.scrollIntoViewIfNeeded();
      const node = await region.evaluate((frame) => {
        const { top, bottom } = frame.getBoundingClientRect();
        const middle = (element: Element) => {
          const box = element.getBoundingClientRect();
          return (box.top + box.bottom) / 2;
        };
        const all = [...frame.querySelectorAll('[data-node^="data-1-"]')];
        const away = (element: Element) => Math.abs(middle(element) - (top + Math.min(bottom, 900)) / 2);
        return all.sort((a, b) => away(a) - away(b))[0]?.getAttribute('data-node');
      });
      const box = page.locator(`[data-node="${node}"]`);
      const before = (await box.boundingBox())!;
      await page.mouse.move(before.x + before.width / 2, before.y + before.height / 2);
      await page.keyboard.down('Control');
      for (let i = 0; i < 4; i++) await page.mouse.wheel(0, -30);
      await page.keyboard.up('Control');
      const middle = async () => {
        const { x, y, width, height } = (await box.boundingBox())!;
        return { x: x + width / 2, y: y + height / 2, width };
      };
      await expect.poll(async () => (await middle()).width).toBeGreaterThan(before.width * 1.3);
      const stretched = region.locator('div[style*="transform"]');
      await expect.poll(() => stretched.count()).toBe(0);
      const after = await middle();
      expect(after.width).toBeGreaterThan(before.width * 1.3);
      expect(Math.abs(after.x - (before.x + before.width / 2))).toBeLessThan(3);
      expect(Math.abs(after.y - (before.y + before.height / 2))).toBeLessThan(3);
    });

    it('moves with a mouse that drags its ground', async () => {
      const frame = (await region.boundingBox())!;
      const at = { x: frame.x + 6, y: frame.y + 200 };
      const top = () => region.evaluate((element) => element.scrollTop);
      const before = await top();
      await page.mouse.move(at.x, at.y);
      await page.mouse.down();
      await page.mouse.move(at.x, at.y - 90, { steps: 3 });
      await page.mouse.up();
      expect(await top()).toBe(before + 90);
    });

    it('opens a box from its plain shape, where nothing can be read', async () => {
      await page.getByRole('button', { name: 'Fit the whole picture' }).click();
      await expect.poll(inFull).toBeLessThan(20);
      const shape = await region.evaluate((frame) => {
        const path = frame.querySelector<SVGPathElement>('svg[aria-hidden] .cursor-pointer path');
        const [, x, y] = /^M([\d.]+),([\d.]+)/.exec(path?.getAttribute('d') ?? '') ?? [];
        const { x: left, y: top } = new DOMPoint(Number(x) + 40, Number(y) + 20).matrixTransform(
          path?.getScreenCTM() ?? undefined,
        );
        return { x: left, y: top };
      });
      await page.mouse.click(shape.x, shape.y);
      await page.waitForURL(/[?&]at=synthetic/);
      await page.getByRole('complementary').waitFor();
    });
  },
);
