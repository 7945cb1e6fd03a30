import type {
  AgreementFactsFragment,
  GraderAgreementQuery,
  GraderCardFragment,
} from '@/graphql/generated/graphql.ts';
import type { Answer } from '@/graphql/post.ts';
import { PartialNotice, Unanswered } from '@/graphql/Unanswered.tsx';
import { Notice } from '@/ui/Notice.tsx';
import { plural } from '@/ui/numbers.ts';
import { Section } from '@/ui/Section.tsx';
import { AgreementCard } from './AgreementCard.tsx';

type Asked = Answer<GraderAgreementQuery>;
type Graders = readonly Pick<GraderCardFragment, 'name' | 'version' | 'kind'>[];

const agreementIn = (answer: Asked): AgreementFactsFragment | null => {
  const node = answer.kind === 'data' ? answer.data.lineageNode : null;
  return node && 'graderAgreement' in node ? node.graderAgreement : null;
};

/** Whether there is something to tell: several who judged the same samples, or that this could not be found out. */
export const tellsOf = (answer: Asked): boolean =>
  answer.kind !== 'data' || answer.problems.length > 0 || (agreementIn(answer)?.subjects.length ?? 0) > 0;

/** What several graders of a run judged, and how far they agree; nothing where none judged a sample beside another. */
export function AgreementSection({ answer, graders }: { answer: Asked; graders: Graders }) {
  if (!tellsOf(answer)) return null;
  const agreement = agreementIn(answer);
  return (
    <Section
      id="agreement"
      title="Agreement of graders"
      count={agreement?.subjects.length}
      note="How far those who judged the same samples said the same, and how much of that chance would have given."
    >
      {answer.kind === 'data' ? (
        <PartialNotice problems={answer.problems} />
      ) : (
        <Unanswered answer={answer} what="How far the graders agree" />
      )}
      {agreement ? <Subjects of={agreement} graders={graders} /> : null}
    </Section>
  );
}

function Subjects({ of, graders }: { of: AgreementFactsFragment; graders: Graders }) {
  return (
    <div className="flex flex-col gap-3">
      {of.complete ? null : (
        <Notice>{`Of the first ${plural(of.samplesRead, 'sample')}: the run has more, which are not read for this.`}</Notice>
      )}
      {of.subjects.map((subject) => (
        <AgreementCard
          key={`${subject.behavior ? 'behaviour' : 'score'} ${subject.about}`}
          subject={subject}
          graders={graders}
        />
      ))}
      <Meaning />
    </div>
  );
}

function Meaning() {
  return (
    <div className="max-w-prose text-sm">
      <p className="text-xs font-medium text-ink-3">What this means, and what not</p>
      <ul className="mt-0.5 flex list-disc flex-col gap-0.5 pl-5 text-ink-2">
        <li>
          Cohen’s κ is of two graders, Krippendorff’s α of all of them. Both set what was said alike against
          what chance would give, by how often each answer was given: 1 is full agreement, 0 no more than
          chance, and below 0 less.
        </li>
        <li>They say whether graders say the same, not whether they are right: graders can err alike.</li>
        <li>
          Where nearly all answers are one and the same, both can be low although most was said alike: so the
          counts stand beside them.
        </li>
        <li>
          No line is drawn between good and poor: what suffices depends on what the verdicts are used for.
        </li>
      </ul>
    </div>
  );
}
