// Work that is done in its order, one piece after the other.

import { counted } from "./underway.js";

/** A queue; a piece that fails holds up nothing. */
export class Queue {
  #last = Promise.resolve();
  length = 0; // pieces that are not done yet
  rests = false; // while the piece whose turn it is waits for a timer, and all others for that one

  /** Add a piece of work; answers what it answers. */
  add(work) {
    this.#grow(1);
    const done = this.#last.then(work);
    this.#last = done.catch(report).finally(() => this.#grow(-1));
    return done;
  }

  /** Rest while the piece whose turn it is waits for something; answers that. */
  async rest(wait) {
    this.rests = true;
    try {
      return await wait;
    } finally {
      this.rests = false;
    }
  }

  #grow(by) {
    this.length += by;
    counted(this);
  }
}

/** Tell of a failure in the background, unless it is the end of what a reset has dropped. */
export function report(error) {
  if (error.name !== "AbortError") console.error(error);
}
