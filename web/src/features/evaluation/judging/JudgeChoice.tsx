'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { useWrite } from '@/features/incident/actions/use-write.ts';
import { BehaviorPicker } from '@/features/incident/pickers.tsx';
import { ask, explain } from '@/graphql/browser.ts';
import { paths } from '@/navigation/paths.ts';
import { Button } from '@/ui/Button.tsx';
import type { Option } from '@/ui/Combobox.tsx';
import { Field, Input, Select, Textarea } from '@/ui/Field.tsx';
import { Notice } from '@/ui/Notice.tsx';
import { PERSON_NAMED, REGISTER_PERSON } from './judging-documents.ts';

export interface JudgeChoiceProps {
  /** The run's name. */
  run: string;
  /** Those whose outcomes its samples have: what is most often judged anew. */
  behaviors: readonly string[];
  conditions: readonly string[];
}

/** Who judges what: chosen once, before the first sample is read. */
export function JudgeChoice({ run, behaviors, conditions }: JudgeChoiceProps) {
  const only = behaviors.length === 1 ? behaviors : [];
  const [behavior, setBehavior] = useState<Option[]>(only.map((name) => ({ value: name, label: name })));
  const [name, setName] = useState('');
  const [instructions, setInstructions] = useState('');
  const [condition, setCondition] = useState(conditions.length === 1 ? conditions[0]! : '');
  const [problem, setProblem] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  const { write, busy, failure } = useWrite(REGISTER_PERSON, 'registerGrader');
  const router = useRouter();

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const [chosen] = behavior;
    if (!chosen) return setProblem('Choose the behaviour that you look for.');
    setProblem(null);
    setAsking(true);
    const grader = await graderOf(name.trim(), instructions.trim(), write);
    setAsking(false);
    if (typeof grader === 'string') return setProblem(grader === '' ? null : grader);
    router.push(
      paths.judge(run, { behavior: chosen.value, grader: grader.ref, condition: condition || null }),
    );
  };
  return (
    <form onSubmit={submit} className="flex max-w-2xl flex-col gap-4">
      {(problem ?? failure?.message) ? (
        <Notice tone="danger" role="alert">
          {problem ?? failure?.message}
        </Notice>
      ) : null}
      <Field label="Behaviour" hint="What you look for in each sample.">
        <BehaviorPicker chosen={behavior} onChange={setBehavior} single />
      </Field>
      <Field
        label="Who judges"
        hint="A name that stays, such as your own in lower case: what one person says is set against others by it."
      >
        <Input
          required
          maxLength={200}
          pattern="[A-Za-z0-9][A-Za-z0-9._\-\/+]*"
          title="Letters, digits and . _ - / +"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      <Field
        label="By which instructions"
        optional
        hint="What tells the behaviour from what only looks like it. They stay with the first version of the name."
      >
        <Textarea
          rows={3}
          maxLength={10_000}
          value={instructions}
          onChange={(event) => setInstructions(event.target.value)}
        />
      </Field>
      {conditions.length > 0 ? (
        <Field label="Condition" hint="Samples of another condition are left out.">
          <Select value={condition} onChange={(event) => setCondition(event.target.value)}>
            <option value="">All samples, whatever their condition</option>
            {conditions.map((one) => (
              <option key={one} value={one}>
                {one}
              </option>
            ))}
          </Select>
        </Field>
      ) : null}
      <div className="flex justify-end">
        <Button type="submit" look="primary" busy={busy || asking}>
          {busy || asking ? 'Opening…' : 'Begin'}
        </Button>
      </div>
    </form>
  );
}

type Register = (input: {
  name: string;
  version: string;
  kind: 'HUMAN';
  prompt: string | null;
}) => Promise<{ graderVersion: { name: string; version: string } } | null>;

/** The grader of a name in its newest version, registered as a person where there is none; or why not ('' where it was said). */
async function graderOf(
  name: string,
  instructions: string,
  register: Register,
): Promise<{ ref: string } | string> {
  const answer = await ask(PERSON_NAMED, { name });
  if (answer.kind !== 'data') return explain(answer);
  const newest = answer.data.grader?.versions[0];
  if (answer.data.grader && newest) {
    if (newest.kind !== 'HUMAN') return `${name} is the name of a grader that is no person. Choose another.`;
    if (instructions !== '' && instructions !== newest.prompt)
      return `${name} ${newest.version} judges by other instructions already, or by none that are recorded. Leave them empty to judge by those, or choose another name.`;
    return { ref: `${answer.data.grader.name}@${newest.version}` };
  }
  const made = await register({ name, version: '1', kind: 'HUMAN', prompt: instructions || null });
  if (made === null) return '';
  return { ref: `${made.graderVersion.name}@${made.graderVersion.version}` };
}
