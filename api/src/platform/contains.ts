/** The pattern of `like` and `ilike` for whatever contains the text, each character of which stands for itself. */
export function contains(text: string): string {
  return `%${text.replace(/[\\%_]/g, (c) => `\\${c}`)}%`;
}
