// What a recorded conversation says, where its form is one that is known. Data to be shown, never to be run.
import { EVERYTHING_SHOWN, isRecord, type Outline, outlineOf, textOf } from './transcript-outline.ts';

export interface Turn {
  role: string;
  /** The tool whose result it is; null where it is none. */
  tool: string | null;
  text: string;
  /** What went wrong in the tool; null where nothing is said of it. */
  error: string | null;
}

export interface Conversation extends Outline {
  turns: Turn[];
}

const MOST_TURNS = 2_000;

/**
 * A conversation in JSON: a list of messages with a role and a content, alone or as the `messages` of a sample of an
 * eval log, of which then also is told what it came to. Null where the text is anything else, which is then shown as
 * it is.
 */
export function readTranscript(text: string, mediaType: string | null): Conversation | null {
  if (!/\bjson\b/i.test(mediaType ?? '') && !/^\s*[[{]/.test(text)) return null;
  const value = parsed(text);
  const messages = messagesOf(value);
  if (!messages || messages.length === 0 || messages.length > MOST_TURNS) return null;
  const turns = messages.map(turnOf);
  if (!turns.every((turn) => turn !== null)) return null;
  return { turns, ...(isRecord(value) ? outlineOf(value) : EVERYTHING_SHOWN) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function messagesOf(value: unknown): unknown[] | null {
  if (Array.isArray(value)) return value;
  if (isRecord(value) && Array.isArray(value.messages)) return value.messages;
  return null;
}

function turnOf(message: unknown): Turn | null {
  if (!isRecord(message) || typeof message.role !== 'string') return null;
  const content = contentOf(message.content);
  if (content === null) return null;
  const calls = Array.isArray(message.tool_calls) ? message.tool_calls.map(callOf) : [];
  return {
    role: message.role.slice(0, 40),
    tool: toolOf(message),
    text: [content, ...calls].filter(Boolean).join('\n\n'),
    error: textOf(message.error),
  };
}

/** As eval logs name it, or as a chat does, where the name of any other message is its speaker's. */
function toolOf({ role, function: tool, name }: Record<string, unknown>): string | null {
  const said = tool ?? (role === 'tool' || role === 'function' ? name : null);
  return typeof said === 'string' && said !== '' ? said.slice(0, 200) : null;
}

/** A text, or parts; a part that is no text is shown as the JSON that it is, so that nothing is left out unseen. */
function contentOf(content: unknown): string | null {
  if (content === null || content === undefined) return '';
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return null;
  return content
    .map((part) => {
      if (typeof part === 'string') return part;
      if (isRecord(part) && part.type === 'text' && typeof part.text === 'string')
        return `${part.text}${cutOf(part.cut)}`;
      return JSON.stringify(part, null, 2);
    })
    .join('\n\n');
}

const cutOf = (cut: unknown): string =>
  typeof cut === 'number' && cut > 0 ? `\n[${cut} further characters are not kept here.]` : '';

const callOf = (call: unknown): string => `Tool call\n${JSON.stringify(call, null, 2)}`;
