import { sideOf } from '../../../knowledge/sides.js';
import { caseRules, everyCase } from '../../../knowledge/support-case.js';
import type { Rule } from '../../../model/rule.js';
import { explanationsOf, sourcesOf } from '../explanation.js';
import type { ExplainedFacts } from '../facts.js';
import { linesOf } from '../lines.js';

const evidence = ['/readings'];

export const side: Rule<ExplainedFacts> = {
  id: 'explain/side',
  means: 'Who can do something about it.',
  remedy: '',
  cites: '',
  check(facts) {
    const rows = [...new Set(explanationsOf(facts).map((row) => row.side))].flatMap((name) => sideOf(name) ?? []);
    const blamed = rows.filter((row) => row.side !== 'nobody');
    if (blamed.length === 0) return { status: 'pass', says: 'nobody is at fault', evidence };
    return {
      status: 'note',
      says: `whose side: ${blamed.map(({ says }) => says).join('; or ')}`,
      evidence,
      remedy: [...new Set(blamed.flatMap(({ turnTo }) => turnTo))].join('\n'),
      cites: sourcesOf(blamed),
    };
  },
};

export const causes: Rule<ExplainedFacts> = {
  id: 'explain/causes',
  means: 'The sources name these causes.',
  remedy: '',
  cites: '',
  check(facts) {
    const all = explanationsOf(facts);
    const listed = all.flatMap((row) => row.causes);
    if (listed.length === 0) return { status: 'pass', says: 'no source lists causes', evidence };
    return {
      status: 'note',
      says: listed.length === 1 ? 'the published cause' : `${listed.length} published causes`,
      evidence,
      remedy: linesOf(all, (row) =>
        row.causes.map(({ says, fix }) => (fix === undefined ? `${sentence(says)}` : `${sentence(says)} ${fix}`)),
      ).join('\n'),
      cites: sourcesOf(listed),
    };
  },
};

export const checks: Rule<ExplainedFacts> = {
  id: 'explain/checks',
  means: 'These steps tell the causes apart.',
  remedy: '',
  cites: '',
  check(facts) {
    const all = explanationsOf(facts);
    const steps = all.flatMap((row) => row.checks);
    if (steps.length === 0) return { status: 'pass', says: 'nothing to check', evidence };
    const lines = linesOf(all, (row) =>
      row.checks.map(({ says, command }) => (command === undefined ? sentence(says) : `${command}   (${says})`)),
    );
    return {
      status: 'note',
      says: 'check next (HOST: the site, ADDR: the address of its origin)',
      evidence,
      remedy: [...new Set(lines)].join('\n'),
      cites: sourcesOf(steps),
    };
  },
};

export const support: Rule<ExplainedFacts> = {
  id: 'explain/support',
  means: 'Cloudflare support asks for this.',
  remedy: '',
  cites: '',
  check(facts) {
    const all = explanationsOf(facts);
    const items = all.flatMap((row) => row.support);
    if (items.length === 0) return { status: 'pass', says: 'support asks for nothing in particular', evidence };
    const list = (rows: typeof items) => [...new Set(rows.map(({ says }) => says))].join('; ');
    const printed = items.flatMap(({ says, command }) => (command === undefined ? [] : [`${command}   (${says})`]));
    const byHand = items.filter(({ command }) => command === undefined);
    return {
      status: 'note',
      says: 'if that does not help, send to Cloudflare support',
      evidence,
      remedy: [
        ...new Set(printed),
        ...(byHand.length === 0 ? [] : [`Only you can add: ${list(byHand)}.`]),
        `With every case: ${list([...everyCase])}.`,
        ...caseRules.map(({ says }) => says),
      ].join('\n'),
      cites: sourcesOf([...items, ...everyCase, ...caseRules]),
    };
  },
};

export const retry: Rule<ExplainedFacts> = {
  id: 'explain/retry',
  means: 'The error does not pass by itself.',
  remedy: 'Repair the cause first.',
  cites: '',
  skips: (facts) =>
    explanationsOf(facts).some((row) => row.retry !== undefined)
      ? undefined
      : 'nothing is published about trying again',
  check(facts) {
    const known = explanationsOf(facts).flatMap(({ label, retry: row }) =>
      row === undefined ? [] : [{ label, ...row }],
    );
    const cites = sourcesOf(known);
    const lasting = known.filter(({ worthIt }) => !worthIt);
    if (lasting.length > 0) {
      const says = `trying again does not help against ${lasting.map(({ label }) => label).join(', ')}`;
      return { status: 'note', says, evidence, cites };
    }
    const says = known
      .map(({ label, afterSeconds }) => `${label} may pass: try again after ${afterSeconds} s`)
      .join('; ');
    return { status: 'pass', says, evidence, cites };
  },
};

/** Programs are written as they are called, also where a sentence begins with them. */
const lowerCase = /^(?:cloudflared|memcached|fail2ban|nginx|curl|rg-\w+|\w+\.\w+)\b/;

function sentence(text: string): string {
  return `${lowerCase.test(text) ? text : `${text.charAt(0).toUpperCase()}${text.slice(1)}`}.`;
}
