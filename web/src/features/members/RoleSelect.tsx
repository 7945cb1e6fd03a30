'use client';

import { ROLES } from '@/features/account/scope-words.ts';
import { Select } from '@/ui/Field.tsx';
import { words } from '@/ui/numbers.ts';

export function RoleSelect({ defaultValue }: { defaultValue: string }) {
  return (
    <Select name="role" defaultValue={defaultValue}>
      {ROLES.map(({ role, meaning }) => (
        <option key={role} value={role}>
          {words(role)}: {meaning}
        </option>
      ))}
    </Select>
  );
}

export interface TeamOption {
  id: string;
  name: string;
}

/** One of the teams; the first offered stands chosen. */
export function TeamSelect({ teams }: { teams: readonly TeamOption[] }) {
  return (
    <Select name="team" defaultValue={teams[0]?.id}>
      {teams.map((team) => (
        <option key={team.id} value={team.id}>
          {team.name}
        </option>
      ))}
    </Select>
  );
}
