import { directReasonOf } from '../../../knowledge/direct-reasons.js';
import { railgunFormOf } from '../../../knowledge/railgun-forms.js';
import type { Check, Rule } from '../../../model/rule.js';
import type { ValueFacts } from '../facts.js';

const needed = 'Compression needs the dictionary on both sides: flags 0x10 and 0x20.';

export const compression: Rule<ValueFacts> = {
  id: 'decode/compression',
  means: 'The answer was not compressed against an earlier copy of the page.',
  remedy: needed,
  cites: 'Cloudflare, Railgun FAQ @eb4aedb',
  skips: ({ compressionWorking }) => (compressionWorking === undefined ? 'the value does not say' : undefined),
  check(value) {
    if (value.compressionWorking) {
      const saved = value.savedPercent === undefined ? '' : `: ${value.savedPercent} % of the page was not sent`;
      return { status: 'pass', says: `compression worked${saved}`, evidence: ['/compressionWorking', '/flags'] };
    }
    const reason = value.reason === undefined ? undefined : directReasonOf(value.reason);
    if (reason !== undefined) {
      const says = `not compressed: ${reason.meaning}`;
      return { status: 'note', says, evidence: ['/form', '/reason'], remedy: reason.action, cites: reason.source };
    }
    return value.flags !== undefined && railgunFormOf(value.form)?.compression === 'possible'
      ? missingDictionary(value.flags.value)
      : uncompressedForm(value.form);
  },
};

function missingDictionary(flags: number): Check {
  const sent = (flags & 0x10) !== 0;
  const says = sent
    ? 'not compressed: rg-sender sent a dictionary, and rg-listener did not find it in memcached'
    : 'not compressed: rg-sender had no dictionary to send';
  const remedy = sent
    ? 'Repeat the request; if it stays so, check that memcached runs, can be reached, and is large enough (512 MB to 2 GB).'
    : 'Repeat the request: the first one for a page has nothing to compare with.';
  return { status: 'note', says, evidence: ['/flags/value'], remedy };
}

function uncompressedForm(form: string): Check {
  const row = railgunFormOf(form);
  const cause = row?.causes[0] === undefined ? '' : ', for one of several reasons';
  return {
    status: 'note',
    says: `not compressed: the form is ${form}${cause}`,
    evidence: ['/form'],
    remedy: row?.checks.join('\n') ?? '',
    cites: row?.sources.join('; ') ?? '',
  };
}
