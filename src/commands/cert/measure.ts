import { stopOf } from '../../io/deadline.js';
import type { MeasureContext, Observation } from '../command.js';
import type { CertAsked, CertFacts, CertTarget } from './facts.js';

/** What was seen of one target: a file, or each address of a server. */
export async function* measure(
  target: CertTarget,
  asked: CertAsked,
  context: MeasureContext,
): AsyncIterable<Observation<CertFacts>> {
  if (target.kind === 'server') {
    const { measureServer } = await import('./measure-server.js');
    yield* measureServer(target, asked, context);
    return;
  }
  const { measureFile } = await import('./measure-file.js');
  const facts = await measureFile(target.path, asked, context);
  const stopped = stopOf(context.signal);
  yield { facts: { ...facts, ...(stopped && { stopped }) } };
}
