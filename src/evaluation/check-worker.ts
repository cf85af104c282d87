/** The thread side of threads-check.ts: runs the contract suite on a task, and says how each check went. */
import { parentPort, workerData } from "node:worker_threads";
import { watchEnvironment } from "../tasks/checks/watched.ts";
import { checkTask } from "../tasks/contract.ts";
import type { EnvironmentSettings } from "../tasks/environment.ts";
import { environmentTask } from "../tasks/environments/task.ts";
import { isModulePath } from "../tasks/module.ts";
import { createTask, loadTaskModule, taskDefinition } from "../tasks/registry.ts";
import type { CheckWork } from "./threads-check.ts";
import { keepProcess } from "./threads-load.ts";

const { source, hello, watch } = workerData as CheckWork;
if (hello) keepProcess(source.name, hello);
else await loadTaskModule(source.name);
const { environment } = taskDefinition(source.name);
const settings = source.settings as EnvironmentSettings;
// Of one's own only: those of ours end, and some are played in the kernel, where nothing is watched.
const watched =
  environment && isModulePath(source.name) ? watchEnvironment(environment, new Int32Array(watch)) : undefined;
const task = watched ? environmentTask(watched, settings) : createTask(source);
await checkTask(task, watched ?? environment, settings, (result) => parentPort?.postMessage(result));
task.close?.();
