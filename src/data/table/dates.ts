/** What dates and times of day look like in tables. */

const MONTH = "(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?";
const TIME = "([T ,]+\\d{1,2}:\\d{2}(:\\d{2}([.,]\\d+)?)?( ?[ap]m)?( ?(Z|UTC|GMT|[+-]\\d{2}:?\\d{2}))?)?";
/** Forms of dates and of times of day; a plain number is none. */
const DATES = [
  "\\d{4}[-/.](0?[1-9]|1[0-2])[-/.]\\d{1,2}",
  "\\d{4}[-/](0[1-9]|1[0-2])",
  "\\d{1,2}[-/.]\\d{1,2}[-/.](\\d{4}|\\d{2})",
  `\\d{1,2}[-/. ]+${MONTH}[-/., ]+(\\d{4}|\\d{2})`,
  `((mon|tue|wed|thu|fri|sat|sun)[a-z]*\\.?,? )?${MONTH} \\d{1,2},? \\d{4}`,
  `((mon|tue|wed|thu|fri|sat|sun)[a-z]*\\.?,? )\\d{1,2} ${MONTH} \\d{4}`,
  `${MONTH}[- ]\\d{4}`,
].map((form) => new RegExp(`^${form}${TIME}$`, "i"));
const CLOCK = /^\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[ap]m)?$/i;

/** Whether a cell is a date or a time of day. */
export function isDate(cell: string): boolean {
  return CLOCK.test(cell) || DATES.some((form) => form.test(cell));
}
