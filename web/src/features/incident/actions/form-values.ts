/** A form's text, or null where nothing was typed. */
export const text = (form: FormData, name: string): string | null => {
  const value = form.get(name);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
};

/** A form's number, or null where nothing was typed. */
export const number = (form: FormData, name: string): number | null => {
  const value = text(form, name);
  return value === null ? null : Number(value);
};
