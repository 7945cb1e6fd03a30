import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NO_BROWSER } from '../../testkit/browser.ts';
import { type PeopleWorld, peopleWorld } from './people-world.ts';

describe.skipIf(NO_BROWSER !== null)(
  `members in a browser${NO_BROWSER ? ` (skipped: ${NO_BROWSER})` : ''}`,
  () => {
    let world: PeopleWorld;

    beforeAll(async () => {
      world = await peopleWorld();
      await world.signInAsAdministrator();
    });
    afterAll(() => world?.close());

    it('makes a link that invites, which is shown once', async () => {
      await world.page.goto('/members/invitations');
      await world.page.getByText('No invitations yet').waitFor();
      const link = await world.invite(
        async () => {},
        () => world.expectSound(world.page),
      );
      expect(link).toContain('/invitation#hi_');
      await world.page.getByRole('region', { name: 'Invitations' }).getByText('Pending').waitFor();
      expect(await world.page.content()).not.toContain(link.split('#')[1]);
      await world.expectSound(world.page);
    });

    it('takes in by a password whoever has a link, once', async () => {
      const link = await world.invite();
      await world.elsewhere(async (other) => {
        await world.join(other, link, {
          name: 'Grace',
          email: 'grace@example.org',
          password: 'a password of her own',
        });
        await other.goto('about:blank');
        await other.goto(link);
        await other.getByText('This invitation can’t be used').waitFor();
      });
    });

    it('lets whoever forgot their password set a new one, by a link that is good once', async () => {
      await world.page.goto('/members');
      await world.page.getByRole('button', { name: 'Let Grace set a new password' }).click();
      const dialog = world.page.getByRole('dialog');
      await world.expectSound(world.page);
      await dialog.getByRole('button', { name: 'Make the link' }).click();
      const link = await dialog.getByLabel('Link').inputValue();
      await dialog.getByRole('button', { name: 'Done' }).click();
      expect(link).toContain('/password-reset#hr_');
      const context = await world.newContext();
      const other = await context.newPage();
      await other.goto(link);
      await other.getByText('grace@example.org').waitFor();
      await world.expectSound(other);
      await other.getByLabel('New password').fill('a new password of hers');
      await other.getByRole('button', { name: 'Set it and sign in' }).click();
      await world.isSignedIn(other, 'Grace');
      await other.goto('about:blank');
      await other.goto(link);
      await other.getByText('This link can’t be used').waitFor();
      await context.close();
    });

    it('changes a role, and says why the last administrator keeps theirs', async () => {
      await world.page.goto('/members');
      await world.page.getByRole('button', { name: 'Disable Administrator' }).hover();
      await world.page.getByRole('tooltip').getByText('This is the last administrator').waitFor();
      await world.expectSound(world.page);
      await world.page.getByRole('button', { name: 'Change the role of Grace' }).click();
      const dialog = world.page.getByRole('dialog');
      await dialog.getByLabel('Role').selectOption('AUDITOR');
      await world.expectSound(world.page);
      await dialog.getByRole('button', { name: 'Change it' }).click();
      await world.page.getByRole('row').filter({ hasText: 'Grace' }).getByText('Auditor').waitFor();
    });

    it('makes a team and puts somebody into it', async () => {
      await world.page.goto('/members/teams');
      await world.page.getByRole('button', { name: 'Create a team' }).click();
      const dialog = world.page.getByRole('dialog');
      await dialog.getByLabel('Name', { exact: true }).fill('Red team');
      await dialog.getByLabel('Namespace').fill('red-team');
      await dialog.getByRole('button', { name: 'Create', exact: true }).click();
      await world.page.getByRole('button', { name: 'Add a member to Red team' }).click();
      await dialog.getByRole('combobox', { name: 'Member' }).fill('grace');
      await world.page.getByRole('option').filter({ hasText: 'Grace' }).click();
      await dialog.getByRole('button', { name: 'Add', exact: true }).click();
      await world.page.getByRole('button', { name: 'Remove Grace from Red team' }).waitFor();
      await world.expectSound(world.page);
    });

    it('makes a token for a service account, which works until it is revoked', async () => {
      await world.page.goto('/members/service-accounts');
      await world.page.getByText('No service accounts yet').waitFor();
      await world.page.getByRole('button', { name: 'Create a service account' }).click();
      const dialog = world.page.getByRole('dialog');
      await dialog.getByLabel('Name').fill('Nightly evals');
      await dialog.getByRole('button', { name: 'Create', exact: true }).click();
      await world.page.getByRole('button', { name: 'Create a token for Nightly evals' }).click();
      await dialog.getByLabel('Name').fill('runner');
      await dialog.getByRole('checkbox', { name: /write:evals/ }).check();
      expect(await dialog.getByRole('checkbox', { name: /admin/ }).isDisabled()).toBe(true);
      await world.expectSound(world.page);
      await dialog.getByRole('button', { name: 'Create', exact: true }).click();
      const token = await dialog.getByLabel('Token').inputValue();
      await dialog.getByRole('button', { name: 'Done' }).click();
      expect(await world.whoHas(token)).toBe('Nightly evals');
      await world.expectSound(world.page);
      await world.page.getByRole('button', { name: 'Revoke runner' }).click();
      await dialog.getByRole('button', { name: 'Revoke', exact: true }).click();
      await world.page.getByText('Token revoked.').waitFor();
      expect(await world.whoHas(token)).toBe('UNAUTHENTICATED');
    });

    it('prints no secret', () => world.expectNoSecretPrinted());
  },
);
