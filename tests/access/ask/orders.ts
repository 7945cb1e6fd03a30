/** Every sort of a list of incidents. */
export const EVERY_INCIDENT_ORDER = [
  'OCCURRED_AT',
  'RECORDED_AT',
  'UPDATED_AT',
  'SEVERITY',
  'KEY',
  'TITLE',
].map((field, i) => `{ field: ${field}, direction: ${i % 2 === 0 ? 'ASC' : 'DESC'} }`);
