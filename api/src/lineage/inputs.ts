// What callers hand in, in plain types, so that use cases do not depend on GraphQL.
import type { Json } from '../platform/json.ts';
import type { AmountBasis, AmountUnit, StartedFrom, TrainingStage, TransformationEffect } from './kinds.ts';

type Maybe<T> = T | null | undefined;

export interface CitationInput {
  source: string;
  url?: Maybe<string>;
  locator?: Maybe<string>;
  certainty: 'PRIMARY' | 'SECONDARY' | 'DERIVED';
  quote?: Maybe<string>;
  note?: Maybe<string>;
  retrievedAt?: Maybe<Date>;
}

export interface CompositionInputItem {
  of: string;
  amount?: Maybe<number>;
  unit?: Maybe<AmountUnit>;
  epochs?: Maybe<number>;
}

export interface CompositionInput {
  unit: AmountUnit;
  basis: AmountBasis;
  total?: Maybe<number>;
  complete: boolean;
  inputs: CompositionInputItem[];
  citation?: Maybe<CitationInput>;
}

export interface TransformationInput {
  name: string;
  effect: TransformationEffect;
  composition: CompositionInput;
  code?: Maybe<string>;
  config?: Json | undefined;
  occurredAt?: Maybe<Date>;
  synthesizedBy?: Maybe<string[]>;
}

export interface TrainingRunInput {
  name: string;
  stage: TrainingStage;
  objective?: Maybe<string>;
  startedFrom: StartedFrom;
  initializedFrom?: Maybe<string[]>;
  composition?: Maybe<CompositionInput>;
  tokens?: Maybe<bigint>;
  rewardedBy?: Maybe<string[]>;
  distilledFrom?: Maybe<string[]>;
  occurredAt?: Maybe<Date>;
}
