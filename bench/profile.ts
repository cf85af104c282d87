/** Where the kernel's time goes: a sampling profile of this thread, by the file that a function of the kernel is from. */
import { Session } from "node:inspector/promises";

/** What names of the kernel's functions begin with: where their files are. */
const KERNEL = "src/kernel/assembly/";

/** Runs some work. @returns seconds by file of the kernel, such as `biped/velocity` */
export async function kernelProfile(work: () => void): Promise<Map<string, number>> {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.start");
  work();
  const { profile } = await session.post("Profiler.stop");
  session.disconnect();
  const files = new Map(profile.nodes.map(({ id, callFrame }) => [id, fileOf(callFrame.functionName)]));
  const seconds = new Map<string, number>();
  const { samples = [], timeDeltas = [] } = profile;
  samples.forEach((node, index) => {
    const file = files.get(node);
    if (file !== undefined) seconds.set(file, (seconds.get(file) ?? 0) + timeDeltas[index] * 1e-6);
  });
  return seconds;
}

function fileOf(name: string): string | undefined {
  if (!name.startsWith(KERNEL)) return undefined;
  return name.slice(KERNEL.length, name.lastIndexOf("/"));
}
