import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NO_BROWSER } from '../../testkit/browser.ts';
import { namesOf, type PeopleWorld, peopleWorld } from './people-world.ts';

const grace = { name: 'Grace', email: 'grace@example.org', password: 'a password of her own' };

describe.skipIf(NO_BROWSER !== null)(
  `links that hold a secret, in a browser${NO_BROWSER ? ` (skipped: ${NO_BROWSER})` : ''}`,
  () => {
    let world: PeopleWorld;

    beforeAll(async () => {
      world = await peopleWorld();
      await world.signInAsAdministrator();
      const link = await world.invite();
      await world.elsewhere((other) => world.join(other, link, grace));
    });
    afterAll(() => world?.close());

    const offerReset = async () => {
      await world.page.goto('/members');
      await world.page.getByRole('button', { name: 'Let Grace set a new password' }).click();
      const dialog = world.page.getByRole('dialog');
      await dialog.getByRole('button', { name: 'Make the link' }).click();
      const link = await dialog.getByLabel('Link').inputValue();
      await dialog.getByRole('button', { name: 'Done' }).click();
      return link;
    };
    const setPassword = async (on: Page, password: string) => {
      await on.getByLabel('New password').fill(password);
      await on.getByRole('button', { name: 'Set it and sign in' }).click();
    };

    it('opens in a browser whose session was ended, as by the reset before it', async () => {
      await world.elsewhere(async (other) => {
        await world.signIn(other, grace.email, grace.password);
        await world.isSignedIn(other, 'Grace');
        const first = await offerReset();
        await world.elsewhere(async (third) => {
          await third.goto(first);
          await setPassword(third, 'a second password of hers');
          await world.isSignedIn(third, 'Grace');
        });
        await other.goto(await offerReset());
        await other.getByText(grace.email).waitFor();
        await setPassword(other, grace.password);
        await world.isSignedIn(other, 'Grace');
        const invitation = await world.invite();
        await world.elsewhere(async (third) => {
          await third.goto(await offerReset());
          await setPassword(third, grace.password);
          await world.isSignedIn(third, 'Grace');
        });
        await other.goto(invitation);
        await other.getByText('Administrator invites you').waitFor();
      });
    });

    it('follows another link in the same tab, and says of a mangled one that it can’t be used', async () => {
      await world.elsewhere(async (other) => {
        const faults: string[] = [];
        other.on('pageerror', (error) => faults.push(error.message));
        await other.goto('/password-reset#hr_%');
        await other.getByText('This link can’t be used').waitFor();
        const link = await offerReset();
        await other.evaluate((address) => window.location.assign(address), link);
        await other.getByText(grace.email).waitFor();
        await other.getByLabel('New password').fill('typed so far');
        await other.evaluate(() => window.location.assign('#main'));
        expect(await other.getByLabel('New password').inputValue()).toBe('typed so far');
        await other.goto('/invitation#hi_%');
        await other.getByText('This invitation can’t be used').waitFor();
        const invitation = await world.invite();
        await other.evaluate((address) => window.location.assign(address), invitation);
        await other.getByText('Administrator invites you').waitFor();
        expect(faults).toEqual([]);
      });
    });

    it('says that the password was set where signing in with it then fails, and why', async () => {
      await world.elsewhere(async (other) => {
        await other.goto(await offerReset());
        await other.getByText(grace.email).waitFor();
        // Nothing that a test could do to the server comes just between the two.
        await other.route('**/api/auth/callback/credentials*', (route) =>
          route.fulfill({
            status: 401,
            json: { url: `${world.headwater.web}/sign-in?error=TooManyAttempts` },
          }),
        );
        await setPassword(other, grace.password);
        await other.getByRole('status').getByText('Your new password is set.').waitFor();
        await other.getByRole('alert').getByText('Too many attempts').waitFor();
        await world.expectSound(other);
      });
    });

    it('names each button that revokes an invitation by when that was made', async () => {
      await world.page.goto('/members/invitations');
      await world.page.getByRole('region', { name: 'Invitations' }).waitFor();
      expect((await namesOf(world.page, 'Revoke the invitation for')).length).toBeGreaterThan(2);
    });

    it('prints no secret', () => world.expectNoSecretPrinted());
  },
);
