// With which arguments the models of roles were loaded that are not under test: who judged, asked or played the user.
import { keptArguments } from '../../evaluation/model-arguments.ts';
import type { FieldReport } from './field-report.ts';
import type { InspectRun } from './inspect-log.ts';
import type { JsonValue } from './json-value.ts';
import { asObject, isObject, setMember } from './plain-values.ts';

const FIELD = 'eval.model_roles.*.args';
/** Of a role, what is read: the rest is told as left out. */
const READ = new Set(['model', 'config', 'args']);

/** By role, as far as they are kept: by the same list as those of the model under test, which `tested` names. */
export function roleArgumentsOf(
  roles: JsonValue | undefined,
  tested: string | undefined,
  report: FieldReport,
): Pick<InspectRun, 'modelRoleArgs' | 'modelRoleArgsUntold'> {
  const kept: NonNullable<InspectRun['modelRoleArgs']> = {};
  const untold: NonNullable<InspectRun['modelRoleArgsUntold']> = {};
  for (const [role, stated] of Object.entries(isObject(roles) ? roles : {})) {
    if (!isObject(stated)) continue;
    for (const [name, value] of Object.entries(stated))
      if (!READ.has(name))
        report.leaveOut(`eval.model_roles.*.${name.slice(0, 100)}`, value === null ? 0 : 1);
    const found = role === tested ? null : keptArguments(stated.args);
    if (found === null) continue;
    const none = Object.keys(found.kept).length === 0;
    if (!none) report.keep(FIELD);
    if (found.others > 0 || none) report.leaveOut(FIELD, found.others);
    setMember(kept, role, asObject(found.kept as JsonValue));
    if (found.untold > 0) setMember(untold, role, found.untold);
  }
  return {
    ...(Object.keys(kept).length === 0 ? {} : { modelRoleArgs: kept }),
    ...(Object.keys(untold).length === 0 ? {} : { modelRoleArgsUntold: untold }),
  };
}
