// `npm run bench:picture -- --nodes 5000`: what panning and zooming a lineage of that size costs a page's main thread,
// a frame, in a real browser. The answer of the API is made up; page, worker, layout and drawing are the real ones.
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../../testkit/browser.ts';
import { startInstance } from '../../testkit/instance.ts';
import { atMost, type Line } from '../measure.ts';
import { told } from '../record.ts';
import { percentile, workPerFrame } from './main-thread.ts';
import { syntheticLineage } from './synthetic-lineage.ts';

const { values } = parseArgs({
  options: {
    nodes: { type: 'string', default: '5000' },
    seconds: { type: 'string', default: '6' },
    url: { type: 'string' },
    record: { type: 'boolean', default: false },
  },
});
const nodes = Number(values.nodes);
const seconds = Number(values.seconds);
/** What the issue allows, in ms. */
const ALLOWED = 8;
const FRAME_MS = 16;
/** Only what is read of them: whatever is recorded besides is time of the thread that is measured. */
const CATEGORIES = ['devtools.timeline', 'disabled-by-default-devtools.timeline'];

/** Opens an ordinary page, and answers the explorer's next question with the large lineage. */
async function openLarge(page: Page): Promise<void> {
  const answer = JSON.stringify(syntheticLineage(nodes));
  await page.route('**/api/graphql', async (route) => {
    const asked = route.request().postData() ?? '';
    if (asked.includes('query Lineage('))
      await route.fulfill({ contentType: 'application/json', body: answer });
    else await route.continue();
  });
  const begun = performance.now();
  await page.goto(
    '/lineage/dataset%3Athe-pile%401.0?kinds=SOURCE.DATASET_VERSION.TRAINING_RUN.MODEL_VERSION',
  );
  await page.locator('[data-node="run-0"]').waitFor({ timeout: 60_000 });
  console.info(
    `${nodes} nodes are on screen ${((performance.now() - begun) / 1000).toFixed(1)} s after the page was asked for`,
  );
  await page.waitForTimeout(1000);
  const region = page.getByRole('region', { name: 'Picture of the lineage' });
  await region.scrollIntoViewIfNeeded();
  const box = await region.boundingBox();
  if (!box) throw new Error('There is no picture.');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  // From the top, so that there is room to go on.
  await region.evaluate((element) => element.scrollTo(0, 0));
}

async function measured(page: Page, name: string, move: () => Promise<void>) {
  await browser.startTracing(page, { categories: CATEGORIES });
  await move();
  const work = workPerFrame((await browser.stopTracing()).toString('utf8'));
  // A frame in which nothing happened was none of the movement.
  const busy = work.filter((ms) => ms > 0.2);
  return {
    name,
    frames: busy.length,
    p50: percentile(busy, 0.5),
    p95: percentile(busy, 0.95),
    most: Math.max(...busy),
  };
}

async function everyFrame(page: Page, step: (index: number, of: number) => Promise<void>): Promise<void> {
  const count = Math.round((seconds * 1000) / FRAME_MS);
  const begun = performance.now();
  for (let i = 0; i < count; i++) {
    await step(i, count);
    await page.waitForTimeout(Math.max(0, begun + (i + 1) * FRAME_MS - performance.now()));
  }
}

/** There and back, so that it never stands at an edge for long. */
const turned = (index: number, of: number) => (index < of / 2 ? 1 : -1);

const wheel = (page: Page, x: number, y: number) =>
  everyFrame(page, (i, of) => page.mouse.wheel(x * turned(i, of), y * turned(i, of)));

async function drag(page: Page): Promise<void> {
  const region = page.getByRole('region', { name: 'Picture of the lineage' });
  const box = await region.boundingBox();
  if (!box) throw new Error('There is no picture.');
  // The ground between two columns.
  const x = box.x + 8;
  await page.mouse.move(x, box.y + box.height - 80);
  await page.mouse.down();
  await everyFrame(page, (i, of) =>
    page.mouse.move(x, box.y + box.height - 80 - 300 * Math.abs(Math.sin((i / of) * 12))),
  );
  await page.mouse.up();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
}

async function zoom(page: Page): Promise<void> {
  await page.keyboard.down('Control');
  await everyFrame(page, (i, of) => page.mouse.wheel(0, i < of / 3 || i > (of * 2) / 3 ? 6 : -6));
  await page.keyboard.up('Control');
}

const instance = values.url ? null : await startInstance();
const browser = await launchBrowser();
try {
  const page = await browser.newPage({
    viewport: { width: 1440, height: 900 },
    baseURL: values.url ?? instance?.web,
  });
  await openLarge(page);
  const results = [
    await measured(page, 'panning down', () => wheel(page, 0, 40)),
    // As fast as can be read beside it: what comes into view is drawn in full.
    await measured(page, 'panning slowly', () => wheel(page, 0, 8)),
    await measured(page, 'panning across', () => wheel(page, 25, 25)),
    await measured(page, 'dragging', () => drag(page)),
    await measured(page, 'zooming in and out', () => zoom(page)),
    await measured(page, 'panning from afar', () => wheel(page, 0, 40)),
  ];
  const lines = results.map(
    ({ name, frames, p50, p95, most }): Line => ({
      what: `${name}: work of the main thread a frame, p95`,
      measured: `p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, most ${most.toFixed(1)} ms`,
      against: `${frames} frames`,
      figure: p95,
      unit: ' ms',
      goal: atMost(ALLOWED),
    }),
  );
  told('picture', { nodes, seconds }, lines, values.record);
} finally {
  await browser.close();
  await instance?.stop();
}
