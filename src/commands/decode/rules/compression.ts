import { directReasonOf } from '../../../knowledge/direct-reasons.js';
import { railgunFormOf } from '../../../knowledge/railgun-forms.js';
import type { Check, Rule } from '../../../model/rule.js';
import type { ValueFacts } from '../facts.js';

export const compression: Rule<ValueFacts> = {
  id: 'decode/compression',
  means: 'Compression needs the dictionary on both sides: flags 0x10 and 0x20.',
  remedy: '',
  cites: 'Cloudflare, Railgun FAQ @eb4aedb',
  skips: ({ compressionWorking }) => (compressionWorking === undefined ? 'the value does not say' : undefined),
  check(value) {
    if (value.compressionWorking) return worked(value.savedPercent);
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

/** 99.99 % of the original sent is a real value: both sides had the dictionary, and the page had changed. */
function worked(savedPercent: number | undefined): Check {
  const evidence = ['/compressionWorking', '/flags'];
  if (savedPercent === undefined) return { status: 'pass', says: 'compression worked', evidence };
  const says = `compression worked: ${savedPercent} % of the page was not sent`;
  if (savedPercent >= 1) return { status: 'pass', says, evidence: [...evidence, '/savedPercent'] };
  return {
    status: 'note',
    says: `compression was tried and saved practically nothing (${savedPercent} %)`,
    evidence: [...evidence, '/savedPercent'],
    remedy: '',
  };
}

function missingDictionary(flags: number): Check {
  const sent = (flags & 0x10) !== 0;
  const found = (flags & 0x20) !== 0;
  const evidence = ['/flags/value'];
  if (sent) {
    return {
      status: 'note',
      says: 'not compressed: rg-sender sent a dictionary, and rg-listener did not find it',
      evidence,
      remedy: (railgunFormOf('stream')?.checks ?? []).filter((check) => check.includes('memcached')).join('\n'),
    };
  }
  const says = `not compressed: rg-sender sent no dictionary${found ? ', though rg-listener found one' : ''}`;
  return { status: 'note', says, evidence, remedy: '' };
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
