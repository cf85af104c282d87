/** Builds dist/: AssemblyScript kernels to one WebAssembly module embedded as base64, then TypeScript to JavaScript, and the Python file beside. */

import { execFileSync } from "node:child_process";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import asc from "assemblyscript/asc";

const root = join(import.meta.dirname, "..");
const wasm = join(tmpdir(), `precocial-${process.pid}.wasm`);

const { error, stderr } = await asc.main([
  "src/kernel/assembly/index.ts",
  "--outFile",
  wasm,
  "--baseDir",
  root,
  "--runtime",
  "stub",
  "--enable",
  "simd",
  "-O3",
  "--noAssert",
  // Keeps the names of functions, for profiles; 4 % larger.
  "--debug",
  "--importMemory",
  // What Kernel.create gives: so zeros need not be in the module, which were two thirds of it.
  "--zeroFilledMemory",
]);
if (error) {
  console.error(stderr.toString());
  process.exit(1);
}
const base64 = readFileSync(wasm).toString("base64");
rmSync(wasm);
writeFileSync(
  join(root, "src/kernel/binary.ts"),
  `/** The built WebAssembly module, written by scripts/build.js; not committed. */\nexport const KERNEL_BASE64 =\n  "${base64}";\n`,
);

rmSync(join(root, "dist"), { recursive: true, force: true });
execFileSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", "tsconfig.build.json"], {
  cwd: root,
  stdio: "inherit",
});
await import("./build-code.js");
cpSync(join(root, "src/tasks/process/precocial_env.py"), join(root, "dist/tasks/process/precocial_env.py"));
await import("./build-page.js");
