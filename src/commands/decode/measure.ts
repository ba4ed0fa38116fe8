import { cfRailgun } from '../../decoders/cf-railgun.js';
import { cfRay } from '../../decoders/cf-ray.js';
import type { MeasureContext, Observation } from '../command.js';
import type { DecodeAsked, DecodeFacts, DecodeTarget } from './facts.js';
import { recordOf } from './record.js';

/** What was seen of one target: a value decoded, or a log summed up. */
export async function* measure(
  target: DecodeTarget,
  asked: DecodeAsked,
  context: MeasureContext,
): AsyncIterable<Observation<DecodeFacts>> {
  if (target.kind === 'value') {
    const facts = decodeValue(target.value, asked);
    if (asked.each && facts.kind === 'value') {
      await context.records([recordOf('argument', undefined, facts.value, facts)]);
    }
    yield { facts };
    return;
  }
  // Reading logs takes more code than decoding a value, and a value should not wait for it.
  const { measureLog } = await import('./measure-log.js');
  yield { facts: await measureLog(target.path, asked, context) };
}

function decodeValue(value: string, asked: DecodeAsked): DecodeFacts {
  const ray = cfRay.decode(value);
  if (ray.ok) return { kind: 'value', asked, value, ...ray.facts };
  const decoded = cfRailgun.decode(value);
  if (decoded.ok) return { kind: 'value', asked, value, ...decoded.facts };
  const { field, at, failure } = decoded;
  const { form: _, ...parts } = decoded.facts;
  return { kind: 'malformed', asked, value, ...parts, field, at, failure };
}
