/** What an address asks for as the moment that a page is known on. */
export type AsOf = {
  /** The moment, as the API takes it; null where the address asks for none. */
  at: string | null;
  /** What stands there instead, where it is neither a day nor a moment. */
  neither: string | null;
};

const DAY = /^\d{4}-\d\d-\d\d$/;
/** As the API reads a DateTime: RFC 3339, with a time and a zone. */
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/i;

/** All that was known on a day was known by its end; a day is one of UTC, as everywhere else. */
export const endOfDay = (day: string): string => `${day}T23:59:59.999Z`;

/** `2026-01-01` as the end of that day, `2026-01-01T10:00:00Z` as it stands; what is neither is handed back. */
export function readAsOf(text: string | null | undefined): AsOf {
  // A plus that was not encoded comes as a space: before a zone it can have been nothing else.
  const asked = text?.trim().replace(/ (?=\d\d:\d\d$)/, '+') ?? '';
  if (asked === '') return { at: null, neither: null };
  const moment = DAY.test(asked) ? endOfDay(asked) : asked;
  return MOMENT.test(moment) && isOnCalendar(moment)
    ? { at: moment, neither: null }
    : { at: null, neither: asked };
}

/** The 30th of February would be taken for a day in March. */
function isOnCalendar(moment: string): boolean {
  const day = moment.slice(0, 10);
  const noon = new Date(`${day}T12:00:00Z`);
  return (
    !Number.isNaN(noon.getTime()) &&
    noon.toISOString().startsWith(day) &&
    !Number.isNaN(Date.parse(moment)) &&
    Number(day.slice(0, 4)) > 0
  );
}
