/** Whether an address names an incident by its key (`MBI-2025-0001`); a draft has none, and is named by reference. */
export const isIncidentKey = (text: string): boolean => /^[A-Za-z]+-\d+-\d+$/.test(text);
