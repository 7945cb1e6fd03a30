import { oneLine } from '../../platform/file-name.ts';
import type { Outline } from './outline.ts';

const SHOWN_NAMES = 12;

/** A sentence that says what a file of no known format is, so that its sender sees what was sent. */
export function looksLike({ kind, names, firstLine, members }: Outline): string {
  const first = JSON.stringify(oneLine(firstLine));
  switch (kind) {
    case 'empty':
      return 'The file is empty.';
    case 'zip':
      return `The file is a zip of ${members.length} members that hold no results of a known format.`;
    case 'html':
      return 'The file is neither JSON nor a zip: it looks like a web page.';
    case 'table':
      return `The file is neither JSON nor a zip: it looks like a table, whose first line is ${first}.`;
    case 'binary':
      return 'The file is neither JSON nor a zip: it is no text at all.';
    case 'text':
      return `The file is neither JSON nor a zip: it looks like text that begins ${first}.`;
    case 'lines':
      return `The file is JSON Lines of no known format: its first line has ${listed(names)}.`;
    case 'list':
      return `The file is a JSON list of no known format: its first member has ${listed(names)}.`;
    case 'object':
      return `The file is a JSON object of no known format: it has ${listed(names)}.`;
  }
}

function listed(names: Outline['names']): string {
  if (names.size === 0) return 'no names';
  const shown = [...names.keys()].slice(0, SHOWN_NAMES).map((name) => oneLine(name).slice(0, 60));
  const more = names.size > SHOWN_NAMES ? ` and ${names.size - SHOWN_NAMES} more names` : '';
  return `${names.size === 1 ? 'the name' : 'the names'} ${shown.join(', ')}${more}`;
}
