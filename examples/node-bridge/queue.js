// Work that is done in its order, one piece after the other.

/** A queue; a piece that fails holds up nothing. */
export class Queue {
  #last = Promise.resolve();

  /** Add a piece of work; answers what it answers. */
  add(work) {
    const done = this.#last.then(work);
    this.#last = done.catch(report);
    return done;
  }
}

/** Tell of a failure in the background, unless it is the end of what a reset has dropped. */
export function report(error) {
  if (error.name !== "AbortError") console.error(error);
}
