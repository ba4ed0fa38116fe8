import { recogniseText } from '../../decoders/explained-text.js';
import { nearestKnown } from '../../decoders/nearest-known.js';
import { shortened } from '../../model/shortened.js';
import type { MeasureContext, Observation } from '../command.js';
import type { ExplainAsked, ExplainFacts, ExplainTarget } from './facts.js';

/** Bytes: an error page has a tenth of that, and no more is looked at. */
const fileCap = 1 << 16;
/** Of a text that was typed; a file may hold cookies and passwords too, and its beginning is enough to tell it by. */
const mostOfText = 1000;
const mostOfFile = 100;

/** What a text, or the beginning of a file, can be read as. */
export async function* measure(
  target: ExplainTarget,
  asked: ExplainAsked,
  context: MeasureContext,
): AsyncIterable<Observation<ExplainFacts>> {
  if (target.kind === 'text') {
    yield { facts: recognised(target.text, { asked, text: shortened(target.text, mostOfText) }) };
    return;
  }
  if (target.kind === 'report') {
    const { judgeAgain } = await import('./judge-again.js');
    yield* judgeAgain(target.path, asked, context);
    return;
  }
  // Only files need what reads them.
  const { readBeginning } = await import('./read-beginning.js');
  const read = await readBeginning(target.path, fileCap, context.signal);
  if (!read.ok) {
    yield { facts: { kind: 'unread', asked, file: target.path, failure: read.failure } };
    return;
  }
  const { text, truncated } = read.value;
  const given = {
    asked,
    text: shortened(text, mostOfFile),
    file: target.path,
    ...(truncated && { truncated: true as const }),
  };
  yield { facts: recognised(text, given) };
}

type Given = Pick<Extract<ExplainFacts, { kind: 'explained' }>, 'asked' | 'text' | 'file' | 'truncated'>;

function recognised(text: string, given: Given): ExplainFacts {
  const { readings, unlisted } = recogniseText(text);
  if (readings.length > 0 && unlisted === undefined) return { kind: 'explained', ...given, readings };
  const nearest = nearestKnown(text, unlisted);
  return {
    kind: 'unrecognised',
    ...given,
    ...(unlisted !== undefined && { code: unlisted }),
    ...(nearest !== undefined && { nearest }),
  };
}
