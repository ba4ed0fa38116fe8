import type { MeasureContext, Observation } from '../command.js';
import type { ConfigCheckAsked, ConfigCheckFacts, ConfigCheckTarget } from './facts.js';
import { look } from './look.js';
import { type ReadFile, readFromDisk } from './read-file.js';

/** What stands in the files: one observation of all of them. */
export async function* measure(
  target: ConfigCheckTarget,
  asked: ConfigCheckAsked,
  context: MeasureContext,
): AsyncIterable<Observation<ConfigCheckFacts>> {
  // What is to be put right is read twice.
  const always = asked.fix === true ? 'regular' : undefined;
  const readFile: ReadFile = (path, only = always) => readFromDisk(path, context.signal, only);
  yield { facts: await look(target, asked, context, readFile) };
}
