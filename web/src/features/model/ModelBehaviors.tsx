import { query } from '@/graphql/execute.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { PartialNotice, Unanswered } from '@/graphql/Unanswered.tsx';
import { Unknown } from '@/ui/Figure.tsx';
import { RateDots } from '../rates/RateDots.tsx';

const MODEL_RATES = graphql(`
  query RatesOfModel($name: String!) {
    model(name: $name) {
      id
      versions(first: 40) {
        totalCount
        nodes { id measurements { ...PlottedRate } }
      }
    }
  }
`);

/** What the versions of a model were measured to do, all behaviours in one picture. */
export async function ModelBehaviors({ name, title }: { name: string; title: string }) {
  const answer = await query(MODEL_RATES, { name });
  if (answer.kind !== 'data') return <Unanswered answer={answer} what="The rates" />;
  const versions = answer.data.model?.versions;
  const points = versions?.nodes.flatMap(({ measurements }) => measurements) ?? [];
  const shown = versions?.nodes.length ?? 0;
  const remarks =
    versions && versions.totalCount > shown
      ? [`The newest ${shown} of ${versions.totalCount} versions are looked at.`]
      : [];
  return (
    <>
      <PartialNotice problems={answer.problems} />
      {points.length === 0 ? (
        <Unknown what="No behaviour of its versions has been measured." />
      ) : (
        <RateDots
          title={`${title}: behaviours by version`}
          note="By behaviour, evaluation version and condition. Only rates that are comparable stand on one axis."
          points={points}
          behaviors
          file={`behaviours-${name.replace(/[^\w.-]+/g, '-')}`}
          remarks={remarks}
        />
      )}
    </>
  );
}
