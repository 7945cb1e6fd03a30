// The names of the types about the regression watch.
import { builder } from '../graphql/builder.ts';
import type { Judged, RegressionAction, RegressionOutcomeRow, RegressionRuleRow } from './regression.ts';
import type { NotificationRow, WatchRow } from './watch.store.ts';

export const RegressionRuleRef = builder.objectRef<RegressionRuleRow>('RegressionRule');
export const RegressionOutcomeRef = builder.objectRef<RegressionOutcomeRow>('RegressionOutcome');
export const RegressionJudgementRef = builder.objectRef<Judged>('RegressionJudgement');
export const RegressionConsequenceRef = builder.objectRef<{ incidentId: bigint; action: RegressionAction }>(
  'RegressionConsequence',
);
export const WatchRef = builder.objectRef<WatchRow>('Watch');
export const NotificationRef = builder.objectRef<NotificationRow>('Notification');
