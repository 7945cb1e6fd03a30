/** The report that a form names; by its address where it has no title, so that neither is left out when typed. */
export function reportsOf(
  title: string | null,
  address: string | null,
): { title: string; url: string | null }[] {
  const url = address?.trim() || null;
  const name = title?.trim() || url;
  return name ? [{ title: name, url }] : [];
}
