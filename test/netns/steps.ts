// Takes steps of src/io in the network namespace that it is started in, all at once, and prints what became of them. They
// are its one argument, as JSON.
import { connect } from '../../src/io/connect.js';
import { createDeadline } from '../../src/io/deadline.js';
import { resolve } from '../../src/io/resolve.js';
import type { Failure, Outcome } from '../../src/model/failure.js';
import type { Destination, NetworkOptions } from '../../src/model/network.js';

export type Step = {
  /** The deadline. */
  readonly seconds: number;
} & (
  | { readonly connect: Destination }
  | { readonly resolve: { readonly host: string; readonly options?: NetworkOptions } }
);

/** The addresses that were found, `open`, or why not. */
export interface Became {
  readonly value?: unknown;
  readonly failure?: Failure;
  readonly ms: number;
}

async function take(step: Step): Promise<Became> {
  const deadline = createDeadline(step.seconds);
  const outcome: Outcome<unknown> =
    'connect' in step
      ? await connect(step.connect, { signal: deadline.signal })
      : await resolve(step.resolve.host, 443, step.resolve.options ?? {}, deadline.signal);
  deadline.close();
  if (!outcome.ok) return { failure: outcome.failure, ms: outcome.ms };
  return { value: 'connect' in step ? 'open' : outcome.value, ms: outcome.ms };
}

const steps: readonly Step[] = JSON.parse(process.argv[2] ?? '[]');
process.stdout.write(JSON.stringify(await Promise.all(steps.map(take))), () => process.exit());
