import Link from 'next/link';
import type { AgreementFactsFragment, GraderCardFragment } from '@/graphql/generated/graphql.ts';
import { paths } from '@/navigation/paths.ts';
import { textLinkLook } from '@/navigation/RefLink.tsx';
import { Badge } from '@/ui/Badge.tsx';
import { Facts, Unknown } from '@/ui/Figure.tsx';
import { grouped, percent, plural } from '@/ui/numbers.ts';
import { Table, Td, Th } from '@/ui/Table.tsx';
import { beyondChance, coefficient, coefficientRange, kindOf } from './agreement-words.ts';
import { KappaPlot } from './KappaPlot.tsx';

type Subject = AgreementFactsFragment['subjects'][number];
type Pair = Subject['pairs'][number];
type Graders = readonly Pick<GraderCardFragment, 'name' | 'version' | 'kind'>[];

/** What several judged: who, over how many samples, how far all of them agree, and every two. */
export function AgreementCard({ subject, graders }: { subject: Subject; graders: Graders }) {
  const { behavior, about, alpha } = subject;
  const title = behavior ? behavior.title : about === 'value' ? 'Score' : `Score “${about}”`;
  return (
    <article className="rounded-lg border border-line bg-surface p-4 text-sm">
      <h3 className="mb-2 font-semibold wrap-anywhere">
        {behavior ? (
          <Link href={paths.behavior(behavior.name)} className={textLinkLook}>
            {title}
          </Link>
        ) : (
          title
        )}
        <span className="font-normal text-ink-3">
          {behavior ? ' · whether it was shown' : ' · word for word'}
        </span>
      </h3>
      <Facts
        items={[
          { name: 'Judged by', value: <Judges names={subject.graders} graders={graders} /> },
          { name: 'Samples', value: `${plural(subject.items, 'sample')} that two or more of them judged` },
          {
            name: 'Krippendorff’s α',
            value:
              alpha === null || alpha === undefined ? (
                <Unknown what="no number" />
              ) : (
                <span title={String(alpha)}>
                  {coefficient(alpha)}
                  <span className="text-ink-2">{`: ${beyondChance(alpha)}`}</span>
                </span>
              ),
          },
        ]}
      />
      {subject.note ? <p className="mt-2 text-ink-2">{subject.note}</p> : null}
      <Pairs pairs={subject.pairs} title={title} />
    </article>
  );
}

function Judges({ names, graders }: { names: readonly string[]; graders: Graders }) {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1">
      {names.map((name) => {
        const kind = kindOf(name, graders);
        return (
          <li key={name} className="flex min-w-0 flex-wrap items-baseline gap-x-1.5 wrap-anywhere">
            {name} {kind ? <Badge tone={kind === 'people' ? 'accent' : 'neutral'}>{kind}</Badge> : null}
          </li>
        );
      })}
    </ul>
  );
}

function Pairs({ pairs, title }: { pairs: readonly Pair[]; title: string }) {
  return (
    <Table label={`Agreement on ${title}, two by two`} className="mt-3">
      <thead>
        <tr>
          <Th>Two graders</Th>
          <Th>Said the same</Th>
          <Th>Cohen’s κ</Th>
          <Th>
            <span className="flex w-40 justify-between">
              <span>−1</span>
              <span>chance</span>
              <span>1</span>
            </span>
          </Th>
          <Th>95% interval</Th>
        </tr>
      </thead>
      <tbody>
        {pairs.map((pair) => (
          <tr key={`${pair.one} ${pair.two}`}>
            <Td className="min-w-44 wrap-anywhere">
              {pair.one} <span className="text-ink-3">and</span> {pair.two}
            </Td>
            <Td className="whitespace-nowrap">
              {pair.items > 0 ? (
                <>
                  {`${grouped(pair.agreed)} of ${grouped(pair.items)}`}
                  <span className="text-ink-2">{` · ${percent(pair.agreed / pair.items)}`}</span>
                </>
              ) : (
                <Unknown what="none in common" />
              )}
            </Td>
            <Kappa pair={pair} />
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

/** κ, its place between chance and full agreement, and its interval; or why there is none, across their columns. */
function Kappa({ pair }: { pair: Pair }) {
  const { kappa, interval, note } = pair;
  if (kappa === null || kappa === undefined)
    return (
      <Td colSpan={3} className="min-w-60 text-ink-2">
        {note ?? <Unknown what="no number" />}
      </Td>
    );
  return (
    <>
      <Td className="min-w-40">
        <span title={String(kappa)} className="font-medium">
          {coefficient(kappa)}
        </span>
        <span className="block text-xs text-ink-2">{beyondChance(kappa)}</span>
      </Td>
      <Td>
        <KappaPlot kappa={kappa} interval={interval} label={`κ of ${pair.one} and ${pair.two}`} />
      </Td>
      <Td>
        {interval ? (
          <span className="whitespace-nowrap" title={interval.method}>
            {coefficientRange(interval)}
          </span>
        ) : (
          <Unknown what="none: the standard error is 0, which is no certainty" />
        )}
      </Td>
    </>
  );
}
