#!/usr/bin/env node
/** The program: the command line that this process was given. */
import { hideBin } from "yargs/helpers";
import { runCommandLine } from "./command-line.ts";

await runCommandLine(hideBin(process.argv));
