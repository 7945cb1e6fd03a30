/** The fields of one CSV record, as RFC 4180 writes them: a mark within quotation marks is doubled. */
export function csvFields(text: string): string[] {
  if (!text.includes('"')) return text.split(',');
  const fields: string[] = [];
  let at = 0;
  while (at <= text.length) {
    if (text[at] !== '"') {
      const comma = text.indexOf(',', at);
      const end = comma < 0 ? text.length : comma;
      fields.push(text.slice(at, end));
      at = end + 1;
      continue;
    }
    let field = '';
    let from = at + 1;
    for (;;) {
      const mark = text.indexOf('"', from);
      const end = mark < 0 ? text.length : mark;
      field += text.slice(from, end);
      at = end + 1;
      if (text[at] !== '"') break;
      field += '"';
      from = at + 1;
    }
    // What stands between the closing mark and the next comma is no part of the format: kept, as others keep it.
    const comma = text.indexOf(',', at);
    const end = comma < 0 ? text.length : comma;
    fields.push(field + text.slice(at, end));
    at = end + 1;
  }
  return fields;
}
