/** Pure work in steps: between two of them somebody may look at the clock, and leave off. */
export type Steps<T> = Generator<void, T>;

/** What the work comes to, done at once. */
export function allSteps<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
