/** Builds viz/ to dist/viz/: index.html with its script inside, for `view` and `report`; draw.js, for `draw`. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";

const root = join(import.meta.dirname, "..");

/** What of the public API runs only in Node; the page uses none of it, so nothing of it may be left. */
const nodeOnly = [/^node:/, "piscina", "bullmq", "ioredis"];

/** Bundles one entry to one script that imports nothing, and returns its text. */
async function bundle(folder, entry) {
  const { output } = await build({
    root: join(root, folder),
    configFile: false,
    logLevel: "warn",
    build: {
      write: false,
      target: "es2022",
      modulePreload: false,
      rolldownOptions: {
        input: join(root, folder, entry),
        external: nodeOnly,
        preserveEntrySignatures: "strict",
        treeshake: { moduleSideEffects: [{ external: true, sideEffects: false }] },
        output: { codeSplitting: false },
      },
    },
  });
  const chunks = output.filter((file) => file.type === "chunk");
  const outside = chunks.flatMap((chunk) => [...chunk.imports, ...chunk.dynamicImports]);
  if (chunks.length !== 1 || outside.length > 0) {
    const files = chunks.map((chunk) => chunk.fileName).join(", ");
    const imported = outside.join(", ") || "nothing";
    throw new Error(`Expected one script of ${entry} that imports nothing, got ${files} importing ${imported}.`);
  }
  return chunks[0].code;
}

// A script's text must not end the script element, nor be taken for a replacement pattern.
const code = (await bundle("viz/page", "index.html")).replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--");
const page = readFileSync(join(root, "viz/page/index.html"), "utf8").replace(
  /<script type="module" src="[^"]*"><\/script>/,
  () => `<script type="module">${code}</script>`,
);
mkdirSync(join(root, "dist/viz"), { recursive: true });
writeFileSync(join(root, "dist/viz/index.html"), page);
writeFileSync(join(root, "dist/viz/draw.js"), await bundle("viz", "draw.ts"));
