import { z } from 'zod';
import type { DoorOptions } from './doorkeeper.ts';
import { BUDGET } from './graphql/defences/limits.ts';
import { trustedProxies } from './platform/client-address.ts';

const BUDGET_OF_ROWS = 'a whole number of rows a minute, at least 1000';
const budget = z.coerce.number(BUDGET_OF_ROWS).int(BUDGET_OF_ROWS).min(1_000, BUDGET_OF_ROWS).optional();

const listed = (text: string): string[] => text.split(/[\s,]+/).filter(Boolean);

function areNetworks(entries: readonly string[]): boolean {
  try {
    trustedProxies(entries);
    return true;
  } catch {
    return false;
  }
}

/** What the environment says of who is let in, and how much they may ask for. */
export const doorVariables = {
  HEADWATER_TRUSTED_PROXIES: z
    .string()
    .transform(listed)
    .refine(areNetworks, 'addresses or networks such as 10.0.0.5,10.1.0.0/16')
    .optional(),
  HEADWATER_PUBLIC_SCHEMA: z
    .enum(['0', '1'], '0 (told to whoever sends a token) or 1 (told to everyone)')
    .default('0'),
  HEADWATER_BUDGET: budget,
  HEADWATER_ANONYMOUS_BUDGET: budget,
};

type Values = z.output<z.ZodObject<typeof doorVariables>>;

export function doorSettings(values: Values): Required<DoorOptions> {
  return {
    trustedProxies: values.HEADWATER_TRUSTED_PROXIES ?? [],
    publicIntrospection: values.HEADWATER_PUBLIC_SCHEMA === '1',
    budget: values.HEADWATER_BUDGET ?? BUDGET.signedIn,
    anonymousBudget: values.HEADWATER_ANONYMOUS_BUDGET ?? BUDGET.anonymous,
  };
}
