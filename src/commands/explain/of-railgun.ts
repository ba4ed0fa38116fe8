import { type CfRailgun, cfRailgun } from '../../decoders/cf-railgun.js';
import { type DirectReason, directReasonOf } from '../../knowledge/direct-reasons.js';
import { railgunFlags } from '../../knowledge/railgun-flags.js';
import { railgunFormOf } from '../../knowledge/railgun-forms.js';
import type { Side } from '../../knowledge/sides.js';
import { conflictsAbout } from '../../knowledge/source-conflicts.js';
import { sources } from '../../knowledge/sources.js';
import { checksOf, type Statement } from '../../knowledge/statement.js';
import { railgunCase, streamCase } from '../../knowledge/support-case.js';
import { nothingElse, type ReadingExplanation } from './reading-explanation.js';
import type { ReadingOf } from './reading-of.js';
import { withoutStop } from './without-stop.js';

const { railgunFaq: faq } = sources;

/** A value of Cf-Railgun, or its flags word. */
export function ofRailgun({ value, form, reason }: ReadingOf<'railgun'>): ReadingExplanation {
  const facts: Partial<CfRailgun> = cfRailgun.decode(value).facts;
  const row = railgunFormOf(form);
  const known = reason === undefined ? undefined : directReasonOf(reason);
  const source = known?.source ?? row?.sources.join('; ') ?? '';
  const { flags, compressionWorking } = facts;
  const streams = form === 'stream' || form === 'normal';
  const why = known === undefined ? row : undefined;
  return {
    ...nothingElse,
    label: form === 'flags' ? `flags ${flags?.hex ?? value}` : form,
    name:
      form === 'flags'
        ? `flags word ${flags?.hex ?? value} of Cf-Railgun (hexadecimal)`
        : `Cf-Railgun of the form ${form}${reason === undefined ? '' : ` (${reason})`}`,
    means:
      form === 'flags'
        ? 'it says how Railgun handled a request, bit by bit'
        : withoutStop(known?.meaning ?? row?.means ?? ''),
    fix: known?.action ?? '',
    source,
    side: sideOf(known, form, compressionWorking === true),
    pairs:
      compressionWorking === undefined ? [] : [{ label: 'Compression', value: compressionWorking ? 'worked' : 'no' }],
    conditions: bitsOf(flags),
    causes: (why?.causes ?? []).map((cause) => ({ says: withoutStop(cause), source })),
    checks: [
      ...(why?.checks ?? []).map((says) => ({ says: withoutStop(says), source })),
      ...(streams ? checksOf(faq, ['look at memcached: reachable, large enough', 'rg-diag memcached SERVER']) : []),
      ...(form === 'direct' && known?.internal !== true
        ? checksOf(faq, ['see whether port 2408 of rg-listener is open', 'rg-diag probe ADDR 2408'])
        : []),
      ...(form === 'flags' ? [] : checksOf(faq, ['take every part of the value apart', 'rg-diag decode VALUE'])),
    ],
    support: known !== undefined && !known.warmUp ? railgunCase : streams ? [...railgunCase, ...streamCase] : [],
    conflicts: [...conflictsAbout(form), ...(flags === undefined || form === 'flags' ? [] : conflictsAbout('flags'))],
  };
}

function sideOf(known: DirectReason | undefined, form: CfRailgun['form'], works: boolean): Side {
  if (known?.internal) return 'cloudflare';
  return known?.warmUp || works || form === 'origin' || form === 'flags' ? 'nobody' : 'railgun';
}

function bitsOf(flags: CfRailgun['flags']): Statement[] {
  if (flags === undefined) return [];
  const hex = (bit: number) => `0x${bit.toString(16).padStart(2, '0')}`;
  const set = flags.set.map(({ bit, meaning }): Statement => {
    const row = railgunFlags.find((flag) => flag.bit === bit);
    return { says: `${hex(bit)} ${meaning}: ${row?.meaning ?? ''}`, source: row?.source ?? '' };
  });
  const unknown = flags.unknown.map(
    (bit): Statement => ({ says: `${hex(bit)}: no source says what it means`, source: faq }),
  );
  return [...set, ...unknown];
}

/** The id in front of a Cf-Railgun value, alone. */
export function ofRailgunId({ id }: ReadingOf<'railgun-id'>): ReadingExplanation {
  return {
    ...nothingElse,
    label: `id ${id}`,
    name: `id ${id} of a Cf-Railgun value`,
    means:
      'ten hexadecimal digits name the WAN connection or the request; the debug log of rg-listener has the same ids',
    source: `${faq}; ${sources.railgunActivation}`,
    checks: checksOf(
      faq,
      ['look for it in the log of rg-listener (log.level = 5)'],
      ['decode the whole value', 'rg-diag decode VALUE'],
    ),
    conflicts: conflictsAbout('compressed'),
  };
}

/** The version at the end of a Cf-Railgun value, alone. */
export function ofRailgunVersion({ version }: ReadingOf<'railgun-version'>): ReadingExplanation {
  return {
    ...nothingElse,
    label: `version ${version}`,
    name: `version ${version} of rg-listener, as at the end of a Cf-Railgun value`,
    means: 'the first four characters of the hash of a version of rg-listener; no list says which release has which',
    source: faq,
  };
}
