/** What is in Redis: names of keys, for how long they live, and the times by which losses are noticed. */

/** All names begin with it; of BullMQ's own keys too: precocial:<sender>:wait, ... */
export const PREFIX = "precocial";

/** Set of the ids of senders, and of workers; who is gone is taken out by whoever notices. */
export const SENDERS = `${PREFIX}:senders`;
export const WORKERS = `${PREFIX}:workers`;
/** Channel on which senders say that there are jobs, with their id. */
export const CALLS = `${PREFIX}:calls`;

/** What a sender says of itself, JSON. */
export const senderKey = (id: string) => `${PREFIX}:sender:${id}`;
/** What a worker says of itself, JSON. */
export const workerKey = (id: string) => `${PREFIX}:worker:${id}`;
/** List of answers to a sender, as bytes (pack.ts). */
export const answersKey = (id: string) => `${PREFIX}:answers:${id}`;

/** Milliseconds between two signs of life. */
export const BEAT = 1_000;
/** Milliseconds after its last sign of life at which a worker counts as gone. */
export const WORKER_LIFE = 5_000;
/** The same of a sender: longer, since its jobs are thrown away then, and sent again if it comes back. */
export const SENDER_LIFE = 20_000;
/** Milliseconds after which answers that nobody reads are thrown away. */
export const ANSWER_LIFE = 60_000;

/**
 * Milliseconds for which a job is a worker's without a word of it, between two words, and between two looks at whose
 * time is up. So a job of a worker that was killed, frozen or cut off is given to another after 4 to 5 s; and a network
 * that loses two words in a row takes no job away. Losing a job to somebody else by mistake costs its time, no more.
 */
export const LOCK = 4_000;
export const RENEWAL = 1_000;
export const LOOK = 1_000;
/** How often a job may lose its worker before it counts as what kills workers, and is given back to the sender. */
export const MOST_LOSSES = 3;
