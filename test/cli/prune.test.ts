/** `precocial prune` as users call it, and `evaluate --weight-noise`; what they refuse, before anything is written. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { inProcess, precocial } from "../fixtures/command-line.ts";
import { makeRun, writeRun } from "../fixtures/run.ts";
import { temporaryFolder } from "../fixtures/temporary.ts";

let folder: string;
beforeEach(() => {
  folder = writeRun(temporaryFolder(), makeRun(40, "run"));
});

const refusal = (words: string) => ({ code: 2, stdout: "", stderr: `precocial: ${words}\n` });
const FEW = ["--episodes", "4", "--threads", "1", "--json"];

test("writes a smaller champion beside that of the run, which every other command reads; never over a file", async () => {
  const { code, stdout, stderr } = await precocial(["prune", folder, ...FEW]);
  expect(code, stderr).toBe(0);
  const out = join(folder, "pruned.json");
  const printed = JSON.parse(stdout);
  const file = JSON.parse(readFileSync(out, "utf8"));
  expect(printed).toMatchObject({ champion: folder, out, task: "swingup", validation: { episodes: 4 } });
  expect(printed.validation.after).toBeGreaterThanOrEqual(printed.validation.bound);
  expect(printed.pruned.connections).toBe(file.genome.connections.length);
  expect(printed.pruned.connections).toBeLessThan(printed.before.connections);
  expect(file).toMatchObject({ task: "swingup", generation: 30, bestSharedWeight: printed.pruned.bestShared.weight });

  const used = new Set(file.genome.connections.map(({ source }: { source: number }) => source));
  const unused = file.inputs.filter((_: string, input: number) => !used.has(1 + input));
  expect(printed.unusedInputs).toEqual(unused);

  const noisy = await inProcess(["evaluate", out, "--weight-noise", "0.1,0.5", ...FEW]);
  expect(JSON.parse(noisy.stdout).noise.map(({ noise }: { noise: number }) => noise)).toEqual([0, 0.1, 0.5]);
  expect(await inProcess(["prune", folder])).toEqual(
    refusal(`Expected no file at ${out} yet: give another one with --out, or remove it.`),
  );
  expect(JSON.parse(readFileSync(out, "utf8"))).toEqual(file);
});

test("prints both networks, what has no part any more, and where the file is; trained weights are left out", async () => {
  const place = temporaryFolder();
  const champion = join(place, "champion.json");
  const file = JSON.parse(readFileSync(join(folder, "champion.json"), "utf8"));
  writeFileSync(champion, JSON.stringify({ ...file, trainedWeights: file.genome.connections.map(() => 1) }));
  const out = join(place, "small.json");
  const words = ["prune", champion, "--out", out, "--tolerance", "1000000", "--episodes", "2", "--threads", "1"];
  const { code, stdout, stderr } = await inProcess(words);
  expect(code, stderr).toBe(0);
  expect(stderr).toContain(`${champion} has trained weights, which are left out: shared weights are played.`);
  expect(stdout).toMatch(
    /^\S+: pruned on 2 validation episodes, task swingup; means of score on test\n\nnetwork +connections +hidden nodes +six weights/,
  );
  expect(stdout).toMatch(/\npruned +0 +0 /);
  expect(stdout).toContain(`Inputs without a part in it: ${file.inputs.join(", ")}`);
  expect(stdout.endsWith(`Written: ${out}\n`)).toBe(true);
  expect(JSON.parse(readFileSync(out, "utf8"))).not.toHaveProperty("trainedWeights");
});

test("refuses in words what it cannot do, and writes nothing", async () => {
  const place = temporaryFolder();
  mkdirSync(place, { recursive: true });
  const champion = join(folder, "champion.json");
  const out = join(place, "out.json");
  expect(await inProcess(["prune", champion])).toEqual(
    refusal(`Expected --out, the champion.json to write, since ${champion} is no run folder: --out pruned.json`),
  );
  expect((await inProcess(["prune", champion, "--out", join(place, "a.txt")])).stderr).toMatch(
    /^precocial: Expected a champion's file to end in \.json \(json\), .*, got .*a\.txt: give it the ending of its format\.\n$/,
  );
  expect(await inProcess(["prune", champion, "--out", out, "--tolerance", "-1"])).toEqual(
    refusal("Expected --tolerance to be a number of 0 or more, got -1."),
  );
  expect(await inProcess(["prune", champion, "--out", out, "--episodes", "1"])).toEqual(
    refusal("Expected --episodes to be an integer of at least 2, got 1."),
  );
  expect(existsSync(out)).toBe(false);
});

test("weight noise is refused where it is no size, and with more than one network", async () => {
  expect(await inProcess(["evaluate", folder, "--weight-noise", "0.1,much"])).toEqual(
    refusal('Expected --weight-noise to be a number of 0 or more, got "much".'),
  );
  expect(await inProcess(["evaluate", folder, "--weight-noise", "all", "--front"])).toEqual(
    refusal("Expected --weight-noise with one network that was evolved: leave out --front, and baselines."),
  );
});
