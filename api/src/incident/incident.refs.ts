import { builder } from '../graphql/builder.ts';
import type { EvidenceRow, ReportRow, SuspectRow } from './incident.ts';

export const SuspectRef = builder.objectRef<SuspectRow>('Suspect');
export const EvidenceRef = builder.objectRef<EvidenceRow>('Evidence');
export const ReportRef = builder.objectRef<ReportRow>('Report');
