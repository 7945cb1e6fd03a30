import type { StartedFrom, TrainingStage } from '../lineage/kinds.ts';
import type { VisibilityWord } from '../lineage/node.ts';

export interface ModelRow {
  id: bigint;
  namespace: string;
  name: string;
  title: string | null;
  developer: string | null;
  description: string | null;
  visibility: VisibilityWord;
  teamId: bigint;
}

export interface TrainingRunFacts {
  id: bigint;
  stage: TrainingStage;
  objective: string | null;
  startedFrom: StartedFrom;
  occurredAt: Date | null;
}
