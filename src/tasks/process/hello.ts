/** What a process says of itself before anything is played: an environment's description, and how it is to be treated. */
import { checkInteger, checkNumber } from "../../base/check.ts";
import type { Description } from "../environment.ts";
import { checkDescription } from "../play/settings.ts";
import { decodeJson, PROTOCOL, protocolError } from "./protocol.ts";

/** What a process says of itself. */
export interface Hello extends Description {
  /** Of the protocol. */
  readonly version: number;
  /** Episodes that it plays side by side, at most: its seats. */
  readonly lanes: number;
  /** Seconds that one call of its environment may take before it counts as endless. */
  readonly longestStep: number;
}

/** Seats of a process at most: more would not make it faster. */
const MOST_LANES = 4096;

/** Reads what a process says of itself. @throws UsageError naming the first thing that is missing or wrong */
export function decodeHello(payload: Uint8Array): Hello {
  const json = decodeJson(payload) as Partial<Hello>;
  if (json.version !== PROTOCOL) throw protocolError(`version ${PROTOCOL}`, `version ${json.version}`);
  const { name } = checkDescription(json);
  if (!/^[\w-]+$/.test(name)) throw protocolError("a name of letters, digits, - and _", JSON.stringify(name));
  checkInteger(`lanes of task "${name}"`, json.lanes, 1, MOST_LANES);
  checkNumber(`longestStep of task "${name}"`, json.longestStep, 0.001);
  return json as Hello;
}
