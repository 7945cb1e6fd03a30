import Link from 'next/link';
import { loadViewer } from '@/features/shell/viewer.ts';
import { query } from '@/graphql/execute.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { Unanswered } from '@/graphql/Unanswered.tsx';
import { paths } from '@/navigation/paths.ts';
import { PageHeader } from '@/ui/PageHeader.tsx';
import { RegressionRuleForm } from './RegressionRuleForm.tsx';

const START = graphql(`
  query NewRegressionRulePage {
    behaviors(first: 100) { nodes { name } }
    models(first: 50) { nodes { versions(first: 5) { nodes { ref } } } }
  }
`);

export interface NewRuleState {
  behavior: string | null;
  model: string | null;
  incident: string | null;
}

const MAKERS: readonly (string | null)[] = ['INVESTIGATOR', 'ADMINISTRATOR'];

export async function NewRegressionRulePage({ state }: { state: NewRuleState }) {
  const [answer, viewer] = await Promise.all([query(START), loadViewer()]);
  if (answer.kind !== 'data') return <Unanswered answer={answer} what="What a rule is made of" />;
  const { behaviors, models } = answer.data;
  const blocked = !viewer.signedIn
    ? 'Sign in to make a rule.'
    : MAKERS.includes(viewer.role)
      ? null
      : 'Only investigators and administrators may do this.';
  return (
    <>
      <PageHeader
        eyebrow={<Link href={paths.regressions()}>Regression watch</Link>}
        title="A new rule"
        meta={
          <span className="max-w-prose">
            It looks at every measurement that is recorded from now on, as you and with your rights. What it
            says never changes: to say otherwise, retire it and make another.
          </span>
        }
      />
      <RegressionRuleForm
        begun={{
          ...(state.behavior === null ? {} : { behavior: state.behavior }),
          ...(state.model === null ? {} : { modelFamily: state.model }),
        }}
        incident={state.incident ?? ''}
        behaviors={behaviors.nodes.map(({ name }) => name)}
        modelVersions={models.nodes.flatMap(({ versions }) => versions.nodes.map(({ ref }) => ref))}
        blocked={blocked}
      />
    </>
  );
}
