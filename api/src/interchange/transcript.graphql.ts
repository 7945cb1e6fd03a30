// A sample in full: what was said in it, by whom, and how it was judged. All of it is data, to be shown as text.
import { EvalSampleRef } from '../evaluation/evaluation.refs.ts';
import { builder } from '../graphql/builder.ts';
import { TranscriptPartKindEnum } from '../graphql/enums.ts';
import type {
  ModelUsage,
  ScoreEdit,
  TranscriptMessage,
  TranscriptPart,
  TranscriptScore,
} from './inspect/transcript/transcript.ts';
import { ImportRef } from './interchange.refs.ts';
import { importById } from './read-imports.ts';
import { type SampleTranscript, transcriptOfSample } from './read-transcripts.ts';
import { messageHits, messagesFrom } from './transcript-page.ts';

const PartRef = builder.objectRef<TranscriptPart>('TranscriptPart').implement({
  description: 'A piece of what a message holds.',
  fields: (t) => ({
    kind: t.expose('kind', { type: TranscriptPartKindEnum, description: 'What it is.' }),
    text: t.exposeString('text', {
      description:
        'The text; the arguments of a tool call, as JSON; or what is said of a medium, which is not shown.',
    }),
    name: t.exposeString('name', {
      nullable: true,
      description: 'The tool that is called, or the kind of medium.',
    }),
    callId: t.exposeString('callId', { nullable: true, description: 'Which call this is.' }),
    cut: t.exposeInt('cut', { description: 'How many characters were left out at its end.' }),
  }),
});

const MessageRef = builder.objectRef<TranscriptMessage>('TranscriptMessage').implement({
  description: 'One message of a sample.',
  fields: (t) => ({
    index: t.exposeInt('index', { description: 'Its place in the log, from 0.' }),
    role: t.exposeString('role', {
      description: 'Who speaks, as the log says: system, user, assistant, tool.',
    }),
    source: t.exposeString('source', {
      nullable: true,
      description: 'Where it came from: input or generate.',
    }),
    model: t.exposeString('model', { nullable: true, description: 'The model that wrote it.' }),
    tool: t.exposeString('tool', { nullable: true, description: 'The tool whose result it is.' }),
    callId: t.exposeString('callId', { nullable: true, description: 'The call that it answers.' }),
    error: t.exposeString('error', { nullable: true, description: 'What went wrong in the tool.' }),
    parts: t.field({ type: [PartRef], description: 'What it holds, in order.', resolve: (row) => row.parts }),
  }),
});

const EditRef = builder.objectRef<ScoreEdit>('TranscriptScoreEdit').implement({
  description: 'What a score was at one time: as its scorer gave it, or as an edit left it.',
  fields: (t) => ({
    value: t.exposeString('value', {
      nullable: true,
      description: 'As JSON; null where the edit left it alone.',
    }),
    answer: t.exposeString('answer', { nullable: true, description: 'Null where the edit left it alone.' }),
    explanation: t.exposeString('explanation', {
      nullable: true,
      description: 'Null where the edit left it alone.',
    }),
    author: t.exposeString('author', {
      nullable: true,
      description: 'Who edited; null for the scorer itself.',
    }),
    reason: t.exposeString('reason', { nullable: true, description: 'Why, as they said.' }),
    at: t.exposeString('at', { nullable: true, description: 'When, as the log says.' }),
  }),
});

const ScoreRef = builder.objectRef<TranscriptScore>('TranscriptScore').implement({
  description: 'What one scorer said of a sample, with its explanation and how it was edited.',
  fields: (t) => ({
    scorer: t.exposeString('scorer', { description: 'Who scored, as the log says.' }),
    value: t.exposeString('value', { description: 'As JSON.' }),
    answer: t.exposeString('answer', { nullable: true, description: 'What it took for the answer.' }),
    explanation: t.exposeString('explanation', { nullable: true, description: 'Why.' }),
    metadata: t.exposeString('metadata', { nullable: true, description: 'What else it said, as JSON.' }),
    history: t.field({
      type: [EditRef],
      description: 'What it was before and how it was edited, the first first; empty where it never was.',
      resolve: (row) => row.history,
    }),
  }),
});

const UsageRef = builder.objectRef<ModelUsage>('TranscriptUsage').implement({
  description: 'What a model took for a sample.',
  fields: (t) => ({
    model: t.exposeString('model', { description: 'Its name in the log.' }),
    inputTokens: t.exposeFloat('inputTokens', { nullable: true, description: 'Tokens read.' }),
    outputTokens: t.exposeFloat('outputTokens', { nullable: true, description: 'Tokens written.' }),
    totalTokens: t.exposeFloat('totalTokens', { nullable: true, description: 'All of them.' }),
  }),
});

const TranscriptRef = builder.objectRef<SampleTranscript>('SampleTranscript').implement({
  description:
    'A sample in full, read from the file that it came from. It may disturb: show it behind a warning.',
  fields: (t) => ({
    unavailable: t.exposeString('unavailable', {
      nullable: true,
      description: 'Why there is nothing to read; null where there is.',
    }),
    revealedBy: t.field({
      type: ImportRef,
      nullable: true,
      description: 'The import to give to revealImport, where it is read only with a reason; else null.',
      resolve: (row, _a, context) =>
        row.restrictedImport === null ? null : context.load(importById, row.restrictedImport),
    }),
    messageCount: t.int({
      description: 'How many messages the log has.',
      resolve: (row) => row.transcript?.messageCount ?? 0,
    }),
    messages: t.field({
      type: [MessageRef],
      description: 'Its messages from one on, in the order of the log: at most 1,000 at once.',
      args: {
        from: t.arg.int({ required: true, defaultValue: 0, description: 'The place of the first, from 0.' }),
        first: t.arg.int({ required: true, defaultValue: 200, description: 'How many, from 1 to 1,000.' }),
      },
      resolve: (row, args) => messagesFrom(row.transcript?.messages ?? [], args),
    }),
    hits: t.intList({
      description: 'The places of the messages that hold a text, whatever its case: at most the first 1,000.',
      args: { search: t.arg.string({ required: true, description: 'The text.' }) },
      resolve: (row, { search }) => messageHits(row.transcript?.messages ?? [], search),
    }),
    input: t.string({
      nullable: true,
      description: 'What the sample asked, where it is a text and no list of messages.',
      resolve: (row) => row.transcript?.input ?? null,
    }),
    target: t.string({
      nullable: true,
      description: 'What was wanted.',
      resolve: (row) => row.transcript?.target ?? null,
    }),
    scores: t.field({
      type: [ScoreRef],
      description: 'How it was judged.',
      resolve: (row) => row.transcript?.scores ?? [],
    }),
    error: t.string({
      nullable: true,
      description: 'What ended it, where it ended in an error.',
      resolve: (row) => row.transcript?.error ?? null,
    }),
    limit: t.string({
      nullable: true,
      description: 'Which allowance ran out, with its bound.',
      resolve: (row) => row.transcript?.limit ?? null,
    }),
    modelUsage: t.field({
      type: [UsageRef],
      description: 'What each model took.',
      resolve: (row) => row.transcript?.modelUsage ?? [],
    }),
    cuts: t.stringList({
      description: 'What of the log is not shown, and why; empty where all is.',
      resolve: (row) => row.transcript?.cuts ?? [],
    }),
  }),
});

builder.objectField(EvalSampleRef, 'transcript', (t) =>
  t.field({
    type: TranscriptRef,
    description:
      'The sample in full, read from its file when this is asked: for four samples in one request at most.',
    args: {
      reveal: t.arg.id({ description: 'What revealImport answered, where the transcript is restricted.' }),
    },
    resolve: (row, { reveal }, context) =>
      transcriptOfSample(context, row.id, reveal == null ? null : String(reveal)),
  }),
);
