import type { ImportWholeFragment } from '@/graphql/generated/graphql.ts';
import { RefLink } from '@/navigation/RefLink.tsx';
import { Unknown } from '@/ui/Figure.tsx';
import { Section } from '@/ui/Section.tsx';
import { Table, Td, Th } from '@/ui/Table.tsx';
import { isBare } from './bare-datasets.ts';
import { ConfirmDataset } from './ConfirmDataset.tsx';

/** What the file calls the datasets that its runs were tested on, and as what each is an input of them. */
export function DatasetsOfImport({
  row: { id, datasets },
  blocked,
}: {
  row: ImportWholeFragment;
  /** Why the viewer can confirm nothing; null where they can. */
  blocked: string | null;
}) {
  if (datasets.length === 0) return null;
  return (
    <Section
      id="datasets"
      title="Datasets"
      count={datasets.length}
      note="Inputs of the eval runs. Where the file states no fixed revision, none is guessed."
    >
      <Table label="Datasets that the file names">
        <thead>
          <tr>
            <Th>In the file</Th>
            <Th>Revision</Th>
            <Th>Of it</Th>
            <Th>Recorded as</Th>
          </tr>
        </thead>
        <tbody>
          {datasets.map((one) => (
            <tr key={`${one.name} ${one.revision} ${one.part}`}>
              <Td className="break-words">{one.name}</Td>
              <Td className="break-words">{one.revision ?? <Unknown what="not stated" />}</Td>
              <Td className="break-words">{one.part ?? <Unknown what="not stated" />}</Td>
              <Td>
                {one.datasetVersion ? (
                  <span className="flex flex-wrap items-baseline gap-2 wrap-anywhere">
                    <RefLink refOf={one.datasetVersion.ref}>{one.datasetVersion.label}</RefLink>
                    {isBare(one.datasetVersion.ref) ? (
                      <ConfirmDataset of={one.datasetVersion} importId={id} blocked={blocked} />
                    ) : null}
                  </span>
                ) : (
                  <Unknown what="linked to none" />
                )}
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Section>
  );
}
