/** A drawing as a whole SVG file: its colours literal, its background filled. */
import { colour, followSystem, resolveColours } from "./theme.ts";

/** How to draw for a file. */
export interface FileOptions {
  /** Colours: light or dark, fixed; or (default) light, and dark in browsers where the reader's system asks for it. */
  readonly theme?: "auto" | "light" | "dark";
  /** Fill the background as the page does behind a network. Default true. */
  readonly background?: boolean;
}

/** A drawing as a whole SVG file, every colour a literal one. @param svg its text */
export function svgFile(svg: string, { theme = "auto", background = true }: FileOptions = {}): string {
  const paper = background ? `<rect width="100%" height="100%" fill="${colour("surface")}"/>` : "";
  const style = theme === "auto" ? `<style>${followSystem(paper + svg)}</style>` : "";
  const whole = `${svg.replace(/<svg[^>]*>/, (start) => `${start}${style}${paper}`)}\n`;
  return resolveColours(whole, theme === "dark" ? "dark" : "light");
}
