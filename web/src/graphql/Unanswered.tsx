import { EmptyState } from '../ui/EmptyState.tsx';
import { Notice } from '../ui/Notice.tsx';
import type { Answer, Problem } from './post.ts';

/** In place of what an answer without data would have shown. */
export function Unanswered({
  answer,
  what,
}: {
  answer: Exclude<Answer<unknown>, { kind: 'data' }>;
  what: string;
}) {
  if (answer.kind === 'unreachable') {
    return (
      <EmptyState kind="unreachable" title={`${what} can’t be shown now`}>
        {answer.message} Nothing is known about what is recorded; try again in a moment.
      </EmptyState>
    );
  }
  return (
    <EmptyState kind="unreachable" title={`${what} can’t be shown`}>
      {answer.errors.map((error) => (
        <p key={`${error.message} ${error.requestId}`}>
          {error.message}
          {error.requestId ? <span className="text-ink-3"> Request {error.requestId}.</span> : null}
        </p>
      ))}
    </EmptyState>
  );
}

/** Above a page of which parts failed, so that it never looks whole. */
export function PartialNotice({ problems }: { problems: readonly Problem[] }) {
  if (problems.length === 0) return null;
  return (
    <Notice tone="warning" role="alert" title="Parts of this page could not be loaded" className="mb-4">
      {problems.map((problem) => (
        <p key={`${problem.message} ${problem.path.join('.')}`}>
          {problem.path.length ? <code className="font-mono text-xs">{problem.path.join('.')}</code> : null}{' '}
          {problem.message}
        </p>
      ))}
    </Notice>
  );
}
