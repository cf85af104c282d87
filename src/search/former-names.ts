/** Settings of searches that had another name in earlier versions: what those wrote is read by the names of today. */

const FORMER: Readonly<Record<string, string>> = { ranking: "select" };

/** The same settings by the names they have now, in their order. */
export function namesOfToday(settings: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [FORMER[name] ?? name, value]));
}
