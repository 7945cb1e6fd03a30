import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTabs, launchBrowser, NO_BROWSER, signInTo } from '../../testkit/browser.ts';
import type { Instance } from '../../testkit/instance.ts';
import { startPrepared } from '../../testkit/prepared-data.ts';
import { signedIn } from '../../testkit/remote.ts';
import { watchContext } from '../../testkit/watch.ts';
import { auditDocument } from './audit-document.ts';
import { HOSTILE_FILE_NAMES, type HostileFiles, WITH_NUL, writeHostileFiles } from './hostile-files.ts';
import { MESSAGES } from './hostile-log.ts';
import { PEOPLE_PAGES, writeHostilePeople } from './hostile-people.ts';
import { HOSTILE_TEXTS } from './hostile-texts.ts';
import { type HostileWorld, writeHostileWorld } from './hostile-world.ts';

// Skipped only where there is no browser; the reason stands in the title.
describe.skipIf(NO_BROWSER !== null)(
  `hostile texts in a browser${NO_BROWSER ? ` (skipped: ${NO_BROWSER})` : ''}`,
  () => {
    let headwater: Instance;
    let browser: Browser;
    let world: HostileWorld;
    let files: HostileFiles;
    let refusedNames: string[];

    beforeAll(async () => {
      [headwater, browser] = await Promise.all([startPrepared(), launchBrowser()]);
      world = await writeHostileWorld(headwater);
      const remote = await signedIn(headwater);
      files = await writeHostileFiles(remote);
      refusedNames = await writeHostilePeople(headwater, remote);
      // A whole instance, and then thousands of texts: longer than other tests take to begin.
    }, 600_000);
    afterAll(async () => {
      await browser?.close();
      await headwater?.stop();
    });

    const open = async (): Promise<{ context: BrowserContext; page: Page; seen: string[] }> => {
      const context = await browser.newContext({
        baseURL: headwater.web,
        viewport: { width: 1280, height: 900 },
      });
      context.setDefaultTimeout(20_000);
      const seen = await watchContext(context, headwater.web);
      return { context, page: await context.newPage(), seen };
    };

    /** Opens all pages, and answers what any of them did or holds that it should not. */
    const visit = async (
      { context, seen }: { context: BrowserContext; seen: string[] },
      paths: string[],
    ): Promise<string[]> => {
      const found = await inTabs(context, paths, async (page, path) => {
        const response = await page.goto(path, { waitUntil: 'load' });
        const wrong = response?.status() === 200 ? [] : [`${path} answered ${response?.status()}`];
        await page.waitForFunction(
          () => !document.querySelector('main [role="status"][aria-label^="Loading"]'),
        );
        const audited = await page.evaluate(auditDocument);
        return [...wrong, ...audited.map((finding) => `${path}: ${finding}`)];
      });
      return [...seen, ...found];
    };

    it('are at least 100, and each stands whole on the page of the incident', async () => {
      expect(HOSTILE_TEXTS.length).toBeGreaterThanOrEqual(100);
      const { context, page } = await open();
      await page.goto(world.incident, { waitUntil: 'load' });
      const shown = await page.locator('#reports').evaluate((element) => element.textContent ?? '');
      // Parsing HTML makes one newline of every kind of it, so texts are compared without them.
      const plain = (text: string) => text.replace(/[\r\n]+/g, '');
      expect(HOSTILE_TEXTS.filter((text) => !plain(shown).includes(plain(text)))).toEqual([]);
      await context.close();
    });

    it('run nothing, load nothing and make no element on any page, for whoever is not signed in', async () => {
      const opened = await open();
      expect(await visit(opened, world.paths)).toEqual([]);
      await opened.context.close();
    });

    it('run nothing, load nothing and make no element on any page, for whoever is signed in', async () => {
      const opened = await open();
      await signInTo(opened.page, headwater.account);
      expect(await visit(opened, [...world.paths, ...world.membersOnly])).toEqual([]);
      await opened.context.close();
    });

    it('run nothing when evidence is read, citations are opened, and the search shows what it found', async () => {
      const { context, page, seen } = await open();
      await signInTo(page, headwater.account);
      await page.goto(world.incident, { waitUntil: 'load' });
      const evidence = page.locator('#evidence');
      const hidden = evidence.getByRole('button', { name: /^Show/ });
      for (let left = await hidden.count(); left > 0; left--) await hidden.first().click();
      await evidence.getByText('pwned(1)').first().waitFor();
      const audit = async (where: string) =>
        seen.push(...(await page.evaluate(auditDocument)).map((finding) => `${where}: ${finding}`));
      await audit('evidence');
      for (const mark of (await page.getByRole('button', { name: /^Source of/ }).all()).slice(0, 5)) {
        await mark.click();
        await page.getByRole('dialog', { name: 'Citation' }).waitFor();
        await audit('citation');
        await page.keyboard.press('Escape');
      }
      await page.keyboard.press('ControlOrMeta+k');
      await page.getByRole('combobox').last().fill('script');
      await page.getByRole('option').filter({ hasText: 'pwned' }).first().waitFor();
      await audit('palette');
      expect(seen).toEqual([]);
      await context.close();
    });

    it('are refused in no file, and as no name of a file, a person, a program, a team or a token, but for NUL', () => {
      expect(HOSTILE_FILE_NAMES.length).toBeGreaterThan(30);
      expect([...files.refused, ...refusedNames]).toEqual([
        `evidence ${JSON.stringify(WITH_NUL)}: 422 The text holds a NUL character.`,
      ]);
    });

    it('run nothing on the pages of what files brought in, for whoever is not signed in', async () => {
      const opened = await open();
      const { incident, reported, imports, run, samples } = files;
      expect(
        await visit(opened, [incident, reported, ...imports.slice(-2), run, `${run}#samples`, ...samples]),
      ).toEqual([]);
      await opened.context.close();
    });

    it('run nothing on the pages of what files brought in, nor of people, for whoever is signed in', async () => {
      const opened = await open();
      await signInTo(opened.page, headwater.account);
      const { incident, reported, imports, run, samples } = files;
      const name = run.replace('/eval-runs/', 'eval-run:');
      const about = [
        `/lineage/${name}`,
        `/compare?one=${name}&two=${name}`,
        '/scoring-rules',
        '/notifications',
        '/unknowns',
      ];
      const paths = [incident, reported, ...imports, run, ...samples, ...about, ...PEOPLE_PAGES];
      expect(await visit(opened, paths)).toEqual([]);
      // What was looked at did show them.
      for (const path of [
        incident,
        imports[0]!,
        imports.at(-2)!,
        run,
        '/members',
        '/members/teams',
        '/account',
      ]) {
        await opened.page.goto(path, { waitUntil: 'load' });
        const shown = () => opened.page.locator('main').innerText();
        await expect.poll(shown, { message: path, timeout: 20_000 }).toContain('pwned(1)');
      }
      expect(opened.seen).toEqual([]);
      await opened.context.close();
    });

    it('run nothing in a transcript, gone through from its first message to its last, and searched', async () => {
      const { context, page, seen } = await open();
      await signInTo(page, headwater.account);
      await page.goto(files.transcript, { waitUntil: 'load' });
      const box = page.getByRole('region', { name: 'Conversation', exact: true });
      await box.waitFor();
      const met = new Set<string>();
      const audit = async () => {
        seen.push(...(await page.evaluate(auditDocument)));
        for (const one of await box.getByRole('article').all())
          met.add((await one.getAttribute('aria-label')) ?? '');
      };
      await expect
        .poll(
          async () => {
            await audit();
            await box.evaluate((element) => element.scrollBy(0, element.clientHeight / 2));
            return met.size;
          },
          { timeout: 60_000, interval: 50 },
        )
        .toBe(MESSAGES);
      const find = page.getByRole('searchbox', { name: 'Find in the messages and scores' });
      await find.fill('<script>pwned(1)</script>');
      await find.press('Enter');
      await expect.poll(() => page.locator('mark').count(), { timeout: 20_000 }).toBeGreaterThan(0);
      await audit();
      expect(seen).toEqual([]);
      await context.close();
    });

    it('run nothing in files of evidence, which a browser is made to keep and not to show', async () => {
      const { context, page, seen } = await open();
      await signInTo(page, headwater.account);
      expect(files.evidence.length).toBe(HOSTILE_FILE_NAMES.length - 1);
      for (const path of files.evidence) {
        const answer = await context.request.get(path);
        expect(answer.status()).toBe(200);
        expect(answer.headers()).toMatchObject({
          'content-disposition': expect.stringMatching(/^attachment;/),
          'x-content-type-options': 'nosniff',
          'content-security-policy': expect.stringContaining('sandbox'),
        });
      }
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.goto(files.evidence[0]!).catch(() => undefined),
      ]);
      expect(download.suggestedFilename()).not.toContain('/');
      expect(seen).toEqual([]);
      await context.close();
    });

    it('run nothing as duplicates beside a new incident', async () => {
      const { context, page, seen } = await open();
      await signInTo(page, headwater.account);
      await page.goto('/incidents/new');
      await page.getByLabel('Title').fill('<script>pwned(1)</script> <ScRiPt>pwned(1)</sCrIpT>');
      await page.locator('aside, section').getByText('pwned(1)').first().waitFor();
      seen.push(...(await page.evaluate(auditDocument)));
      expect(seen).toEqual([]);
      await context.close();
    });
  },
);
