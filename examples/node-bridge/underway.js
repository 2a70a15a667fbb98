// What is under way, so that whoever asks can be told that all is done.

const SOON_MS = 250; // what a timer brings so soon is under way already

let count = 0;
const queues = new Set(); // that have something to do

/** Count a piece of work until it is done; answers it. */
export function underWay(work) {
  count += 1;
  return work.finally(() => (count -= 1));
}

/** Count a queue while it has something to do, unless all of that waits for a timer. */
export function counted(queue) {
  if (queue.length) queues.add(queue);
  else queues.delete(queue);
}

/** Wait for a timer, `wait(ms)`: it is not under way until it is nearly due. */
export async function waiting(ms, wait) {
  if (ms > SOON_MS) await wait(ms - SOON_MS);
  await underWay(wait(Math.min(ms, SOON_MS)));
}

/** Whether nothing is under way. */
export function isIdle() {
  return count === 0 && [...queues].every((queue) => queue.rests);
}
