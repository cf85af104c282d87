/** How settings are written on the command line. */

/** The option of a setting: "maxTime" is --max-time. */
export function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
