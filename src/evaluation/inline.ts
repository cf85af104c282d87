/** The evaluator that works in the calling thread: in Node, in a test, in a browser. */
import { Kernel } from "../kernel/kernel.ts";
import type { Task } from "../tasks/task.ts";
import { type Evaluator, groupFamilies, scoreFamily, scoresOf } from "./evaluator.ts";

/** Makes an evaluator for `task` that uses this thread only. */
export async function createInlineEvaluator(task: Task): Promise<Evaluator> {
  const kernel = await Kernel.create();
  return {
    task,
    threads: 1,
    async evaluate(programs, trial, families) {
      const scores = new Array(programs.length);
      let steps = 0;
      const groups = groupFamilies(programs.length, families);
      // Families are related too: with families given, all programs are scored as one.
      for (const family of families === undefined ? groups : [groups.flat()]) {
        const members = family.map((index) => programs[index]);
        const outcomes = scoreFamily(task, kernel, members, family, trial);
        family.forEach((index, member) => {
          scores[index] = scoresOf(trial, outcomes[member].scores);
          steps += outcomes[member].steps;
        });
      }
      return { scores, steps };
    },
    async close() {},
  };
}
