// What one sample says in full, as it is read from its log when somebody asks for it.
import type { JsonValue } from '../json-value.ts';

export type PartKind = 'TEXT' | 'REASONING' | 'TOOL_CALL' | 'MEDIA' | 'DATA';

/** A piece of what a message holds. All text is data: it is shown as text and never run. */
export interface TranscriptPart {
  kind: PartKind;
  /** The text, the arguments of a tool call as JSON, or what is said of a medium that is not shown. */
  text: string;
  /** The tool that is called, or the kind of medium. */
  name: string | null;
  /** Which call this is, so that its result is found. */
  callId: string | null;
  /** How many characters were left out at the end. */
  cut: number;
}

export interface TranscriptMessage {
  /** From 0, in the order of the log. */
  index: number;
  role: string;
  /** Where it came from, as the log says: input, generate. */
  source: string | null;
  /** The model that wrote it. */
  model: string | null;
  /** The tool whose result it is, and the call that it answers. */
  tool: string | null;
  callId: string | null;
  /** What went wrong in the tool. */
  error: string | null;
  parts: TranscriptPart[];
}

/** What a score was at one time: as the scorer gave it, or as an edit left it. What an edit left alone is null. */
export interface ScoreEdit {
  /** As JSON; null where this edit left it as it was. */
  value: string | null;
  answer: string | null;
  explanation: string | null;
  author: string | null;
  reason: string | null;
  /** RFC 3339, as the log has it. */
  at: string | null;
}

export interface TranscriptScore {
  scorer: string;
  /** As JSON. */
  value: string;
  answer: string | null;
  explanation: string | null;
  /** As JSON; null where there is none. */
  metadata: string | null;
  /** What it was before and how it was edited, the first first; empty where it never was. */
  history: ScoreEdit[];
}

export interface ModelUsage {
  model: string;
  inputTokens: number | null;
  outputTokens: number | null;
  totalTokens: number | null;
}

export interface Transcript {
  messages: TranscriptMessage[];
  /** How many messages the log has; more than are given where it was cut. */
  messageCount: number;
  input: string | null;
  target: string | null;
  scores: TranscriptScore[];
  error: string | null;
  /** Which allowance ran out, with its bound. */
  limit: string | null;
  modelUsage: ModelUsage[];
  /** What is not shown, and why, in sentences. */
  cuts: string[];
}

/** Bounds on what is held of one sample. Counts of characters are UTF-16 units. */
export const TRANSCRIPT_LIMITS = {
  messages: 5_000,
  /** Characters of one part of a message, or of one text of a score. */
  text: 64 * 1024,
  /** Characters of all of it. */
  whole: 8 * 1024 * 1024,
  partsOfMessage: 200,
  /** One value in the log that is built to be read, in bytes. */
  valueBytes: 4 * 1024 * 1024,
  nesting: 1_000,
  scores: 200,
  history: 100,
  /** Messages of a pool that may be held to be referred to. */
  pool: 20_000,
} as const;

export type Json = JsonValue | undefined;
