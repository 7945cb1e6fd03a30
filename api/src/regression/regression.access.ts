// Who may do what with a rule that they can see.
import { permits } from '../access/rules.ts';
import type { Permission, Viewer } from '../access/viewer.ts';
import type { RegressionRuleRow } from './regression.ts';

type Rule = Pick<RegressionRuleRow, 'teamId' | 'retractedAt'>;

/** Its team's investigators may, and administrators, while it stands. */
function mayActOn(viewer: Viewer, rule: Rule, what: string): Permission {
  const permission = permits(viewer, 'judge');
  if (!permission.allowed || viewer.kind === 'anonymous') return permission;
  if (rule.retractedAt !== null) return { allowed: false, reason: 'It was retired already.' };
  if (viewer.role === 'ADMINISTRATOR' || viewer.teamIds.includes(rule.teamId)) return permission;
  return { allowed: false, reason: `Only the team whose rule it is, and administrators, may ${what}.` };
}

export const mayRetire = (viewer: Viewer, rule: Rule): Permission => mayActOn(viewer, rule, 'retire it');
export const mayLookBack = (viewer: Viewer, rule: Rule): Permission =>
  mayActOn(viewer, rule, 'have it look back');
