/** Builds viz/page/ to dist/viz/index.html: one file with its scripts inside, for `view` and `report`. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";

const root = join(import.meta.dirname, "..");

const { output } = await build({
  root: join(root, "viz/page"),
  configFile: false,
  logLevel: "warn",
  build: {
    write: false,
    target: "es2022",
    modulePreload: false,
    rolldownOptions: { output: { codeSplitting: false } },
  },
});
const chunks = output.filter((file) => file.type === "chunk");
if (chunks.length !== 1)
  throw new Error(`Expected one script, got ${chunks.map((chunk) => chunk.fileName).join(", ")}.`);
// A script's text must not end the script element, nor be taken for a replacement pattern.
const code = chunks[0].code.replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--");
const page = readFileSync(join(root, "viz/page/index.html"), "utf8").replace(
  /<script type="module" src="[^"]*"><\/script>/,
  () => `<script type="module">${code}</script>`,
);
mkdirSync(join(root, "dist/viz"), { recursive: true });
writeFileSync(join(root, "dist/viz/index.html"), page);
