import type { Rule } from '../../../model/rule.js';
import { explanationsOf, otherReadings, sourcesOf } from '../explanation.js';
import type { ExplainedFacts } from '../facts.js';
import { linesOf } from '../lines.js';

export const meaning: Rule<ExplainedFacts> = {
  id: 'explain/meaning',
  means: 'This is what the sources say it is.',
  remedy: '',
  cites: '',
  check(facts) {
    const all = explanationsOf(facts);
    const [first, ...others] = all.map(({ name, means }) => `${name}: ${means}`);
    return {
      status: 'note',
      says: [first ?? '', ...others].join('; also '),
      evidence: ['/readings'],
      remedy: linesOf(all, ({ fix }) => fix.split('\n').filter((step) => step !== '')).join('\n'),
      cites: sourcesOf(all),
    };
  },
};

export const conditions: Rule<ExplainedFacts> = {
  id: 'explain/conditions',
  means: 'Which of these is the case decides what to do.',
  remedy: '',
  cites: '',
  check(facts) {
    const all = explanationsOf(facts);
    const statements = all.flatMap((row) => row.conditions);
    const evidence = ['/readings'];
    if (statements.length === 0) return { status: 'pass', says: 'it means one thing', evidence };
    return {
      status: 'note',
      says: 'in detail',
      evidence,
      remedy: linesOf(all, (row) => row.conditions.map(({ says }) => says)).join('\n'),
      cites: sourcesOf(statements),
    };
  },
};

export const otherwise: Rule<ExplainedFacts> = {
  id: 'explain/readings',
  means: 'The text by itself does not say which it is.',
  remedy: '',
  cites: '',
  check(facts) {
    const others = otherReadings(facts);
    const evidence = ['/readings'];
    if (others.length === 0) return { status: 'pass', says: 'nothing else is likely', evidence };
    return {
      status: 'note',
      says: `by its shape it could also be: ${others.map(({ name }) => name).join(', or ')}`,
      evidence,
      remedy: 'Give it with the name of its header, or the whole line, to have that explained.',
      cites: sourcesOf(others),
    };
  },
};
