/**
 * Kills workers at random while a search goes on, and compares its bytes with those of a search by one process: the long test of
 * docs/cluster.md, `npx tsx scripts/worker-kills.ts 100`, some ten minutes. `npm test` has the short one (test/cluster/failures.test.ts).
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { derive } from "precocial";

const ROOT = join(import.meta.dirname, "..");
const MAIN = join(ROOT, "dist/cli/main.js");
const NAP = join(ROOT, "test/cluster/nap.mjs");
const PORT = "7461";
const ADDRESS = `redis://127.0.0.1:${PORT}`;
const WORKERS = 3;
/** Milliseconds between two kills, at least and at most. */
const [SHORT, LONG] = [500, 8000];
/** What is the same whatever number of generations was asked for. */
const FILES = ["generations.jsonl", "champions.jsonl", "champion.json", "front.json"];

const kills = Number(process.argv[2] ?? 100);
const rng = derive("kills", kills);
const folder = mkdtempSync(join(tmpdir(), "precocial-kills-"));
const redis = spawn("redis-server", ["--port", PORT, "--dir", folder, "--save", ""], { stdio: "ignore" });
const words = (out: string, generations: number) =>
  ["search", NAP, "--population", "16", "--weights=-1,1", "--episodes", "1", "--seed", "11"].concat([
    "--generations",
    String(generations),
    "--evaluation-episodes",
    "0",
    "--out",
    join(folder, out),
  ]);

function worker(): ChildProcess {
  const env = { ...process.env, NAP: "10" };
  return spawn(process.execPath, [MAIN, "worker", ADDRESS, "--threads", "1", "--task", NAP], { stdio: "ignore", env });
}

const count = (text: string) => text.split("\n").length - 1;
const generations = () => {
  try {
    return count(readFileSync(join(folder, "cluster/generations.jsonl"), "utf8"));
  } catch {
    return 0;
  }
};

await sleep(500);
const workers = Array.from({ length: WORKERS }, worker);
// Far more generations than are needed: it is stopped after the last kill.
const search = spawn(process.execPath, [MAIN, ...words("cluster", 1_000_000), "--cluster", ADDRESS], {
  stdio: ["ignore", 2, 2],
});
const start = performance.now();
while (generations() < 1) await sleep(20);
for (let kill = 1; kill <= kills; kill++) {
  await sleep(rng.between(SHORT, LONG));
  const place = rng.integer(WORKERS);
  workers[place].kill("SIGKILL");
  workers[place] = worker();
  if (search.exitCode !== null) throw new Error(`The search ended with ${search.exitCode} after ${kill} kills.`);
  if (kill % 10 === 0) console.log(`${kill} kills, ${generations()} generations`);
}
const before = generations();
while (generations() < before + 3) await sleep(20);
search.kill("SIGINT");
await new Promise((ended) => search.once("exit", ended));
const minutes = (performance.now() - start) / 60_000;
for (const child of [...workers, redis]) child.kill("SIGKILL");
const done = generations();
spawnSync(process.execPath, [MAIN, ...words("alone", done), "--threads", "1"]);
const text = (run: string, file: string) => readFileSync(join(folder, run, file), "utf8");
const differing = FILES.filter((file) => text("cluster", file) !== text("alone", file));
console.log(
  `${kills} kills in ${minutes.toFixed(1)} minutes, ${done} generations; ${differing.length === 0 ? "same bytes" : `other bytes: ${differing.join(", ")}`}`,
);
rmSync(folder, { recursive: true });
process.exitCode = differing.length === 0 ? 0 : 1;
