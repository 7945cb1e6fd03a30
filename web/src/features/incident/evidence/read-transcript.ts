// What a recorded conversation says, where its form is one that is known. Data to be shown, never to be run.

export interface Turn {
  role: string;
  text: string;
}

const MOST_TURNS = 2_000;

/**
 * The turns of a conversation in JSON: a list of messages with a role and a content, alone or as the `messages` of a
 * sample of an eval log. Null where the text is anything else, which is then shown as it is.
 */
export function readTranscript(text: string, mediaType: string | null): Turn[] | null {
  if (!/\bjson\b/i.test(mediaType ?? '') && !/^\s*[[{]/.test(text)) return null;
  const messages = messagesOf(parsed(text));
  if (!messages || messages.length === 0 || messages.length > MOST_TURNS) return null;
  const turns = messages.map(turnOf);
  return turns.every((turn) => turn !== null) ? turns : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

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
  return { role: message.role.slice(0, 40), text: [content, ...calls].filter(Boolean).join('\n\n') };
}

/** A text, or parts; a part that is no text is shown as the JSON that it is, so that nothing is left out unseen. */
function contentOf(content: unknown): string | null {
  if (content === null || content === undefined) return '';
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return null;
  return content
    .map((part) => {
      if (typeof part === 'string') return part;
      if (isRecord(part) && part.type === 'text' && typeof part.text === 'string') return part.text;
      return JSON.stringify(part, null, 2);
    })
    .join('\n\n');
}

const callOf = (call: unknown): string => `Tool call\n${JSON.stringify(call, null, 2)}`;
