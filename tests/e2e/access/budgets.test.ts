import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NO_BROWSER } from '../../testkit/browser.ts';
import { type PeopleWorld, peopleWorld } from './people-world.ts';

/** Rows a minute: a few dozen pages. */
const SMALL = '6000';
const REFUSED = 'Too much was asked for within a short time';

describe.skipIf(NO_BROWSER !== null)(
  `budgets in a browser${NO_BROWSER ? ` (skipped: ${NO_BROWSER})` : ''}`,
  () => {
    let world: PeopleWorld;

    beforeAll(async () => {
      world = await peopleWorld({ HEADWATER_ANONYMOUS_BUDGET: SMALL, HEADWATER_BUDGET: SMALL });
    });
    afterAll(() => world?.close());

    /** Reads pages until the API refuses to say who looks; what was spent comes back with time. */
    const readTooMuch = async (on: Page, path: string, headers: Record<string, string> = {}) => {
      for (let tries = 0; tries < 20; tries += 1) {
        await Promise.all(Array.from({ length: 15 }, () => on.request.get(path, { headers })));
        await on.goto(path);
        if (await on.getByText('The Headwater API did not answer').isVisible()) return;
      }
      throw new Error('The budget was never spent.');
    };
    /** A visitor from that address, as a proxy on this machine tells it. */
    const visit = (address: string, act: (on: Page, headers: Record<string, string>) => Promise<void>) =>
      world.elsewhere(async (other, context) => {
        const headers = { 'x-forwarded-for': address };
        await context.setExtraHTTPHeaders(headers);
        await act(other, headers);
      });

    it('are each visitor’s own: whoever reads too much is told so, and nobody else', async () => {
      await visit('198.51.100.9', async (other, headers) => {
        await readTooMuch(other, '/sign-in', headers);
        await other.getByText(REFUSED).first().waitFor();
        await world.expectSound(other);
      });
      await visit('198.51.100.10', async (other) => {
        await other.goto('/sign-in');
        await other.getByRole('button', { name: 'Sign in with the lab' }).waitFor();
        expect(await other.getByText(REFUSED).count()).toBe(0);
      });
    });

    it('sign nobody out who has spent theirs', async () => {
      await world.signInAsAdministrator();
      await readTooMuch(world.page, '/account');
      await world.isSignedIn(world.page, 'Administrator');
      expect(new URL(world.page.url()).pathname).toBe('/account');
      await world.expectSound(world.page);
    });

    it('prints no secret', () => world.expectNoSecretPrinted());
  },
);
