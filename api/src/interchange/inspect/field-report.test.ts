import { describe, expect, it } from 'vitest';
import { FieldTally } from '../incidents/field-tally.ts';
import { Losses } from '../plan-losses.ts';
import { FieldReport } from './field-report.ts';

const HOSTILE = 'a\u001b]0;owned\u0007b\nc\u202ed';
const SHOWN = 'a]0;ownedb cd';

describe('what is told of the fields of a file', () => {
  it('names each in one line, without what a terminal or a page would obey', () => {
    const report = new FieldReport();
    report.keep(HOSTILE);
    report.leaveOut(HOSTILE, 2);
    report.leaveOut(HOSTILE, 1);
    expect(report.kept()).toMatchObject([{ field: SHOWN }]);
    expect(report.leftOut()).toMatchObject([{ field: SHOWN, count: 3 }]);
  });

  it('does so for records of incidents, and of what may hold credentials', () => {
    const tally = new FieldTally({});
    tally.walk({ [HOSTILE]: { [HOSTILE]: 1 } });
    tally.leaveOut(HOSTILE, 'a reason');
    tally.warn(HOSTILE);
    const { kept, leftOut, warnings } = tally.report();
    expect(kept.map(({ field }) => field)).toEqual([SHOWN, `${SHOWN}.${SHOWN}`]);
    expect(leftOut).toMatchObject([{ field: SHOWN, reason: 'a reason' }]);
    expect(warnings).toEqual([SHOWN]);
    const losses = new Losses();
    losses.bounded('eval.task_args', { [`api_key${HOSTILE}`]: 'x' });
    expect(losses.all).toMatchObject([{ field: `eval.task_args.api_key${SHOWN}` }]);
  });
});
