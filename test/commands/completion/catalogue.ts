import type { CommandSpec } from '../../../src/commands/command.js';

/** What a careless script would evaluate, split or drop: in all three shells. */
export const awkward = `it's "quoted" $(touch pwned) \`touch pwned\` $HOME [in] (round) {a,b}: 100 % \\ * ; | & # !x ~ <y>`;

/** Spellings of a choice that need quoting when they are inserted. */
export const awkwardChoices = ['plain', 'two words', "it's", 'a:b', '$HOME', '$(touch pwned)', '(x)', 'b\\c'];

/** An invented catalogue with every kind of option and argument in it. */
export const catalogue: readonly CommandSpec[] = [
  {
    kind: 'diagnosis',
    name: 'inspect',
    summary: awkward,
    description: [],
    arguments: [{ value: { name: 'VALUE', kind: 'text' }, required: false, repeats: true, says: 'a value' }],
    options: [
      { long: 'input', short: 'i', value: { name: 'FILE', kind: 'file' }, repeats: true, says: 'read FILE' },
      { long: 'expect', value: { name: 'FORM', kind: 'text' }, says: 'fail unless it is FORM' },
      {
        long: 'format',
        short: 'f',
        value: { name: 'FORMAT', kind: 'choice', choices: ['text', 'json', 'ndjson'] },
        says: awkward,
      },
      { long: 'pick', value: { name: 'A:B', kind: 'choice', choices: awkwardChoices }, says: 'pick one' },
      { long: 'quiet', short: 'q', says: 'print nothing' },
      { long: 'verbose', short: 'v', says: 'print more' },
    ],
    takesTargets: false,
    examples: [],
  },
  {
    kind: 'diagnosis',
    name: 'install',
    summary: 'put it where it belongs',
    description: [],
    arguments: [
      {
        value: { name: 'WHAT', kind: 'choice', choices: ['check', 'change'] },
        required: true,
        repeats: false,
        says: 'what to do',
      },
      { value: { name: 'FILE', kind: 'file' }, required: false, repeats: true, says: 'files' },
    ],
    options: [
      { long: 'mode', short: 'm', value: { name: 'MODE', kind: 'text' }, says: 'mode of the file' },
      { long: 'quiet', short: 'q', says: 'print nothing' },
    ],
    takesTargets: false,
    examples: [],
  },
];

const host = { value: { name: 'HOST', kind: 'text' }, required: true, repeats: false, says: 'a host' } as const;
const text = { kind: 'print', description: [], options: [], takesTargets: false, examples: [] } as const;

/** Commands of two words: of `setup`, which is no command itself, and of `crate` and `label`, which are. */
export const families: readonly CommandSpec[] = [
  { ...text, name: 'start', summary: 'begin', arguments: [] },
  {
    ...text,
    name: 'setup check',
    summary: awkward,
    arguments: [
      {
        value: { name: 'WHAT', kind: 'choice', choices: ['files', 'rights'] },
        required: true,
        repeats: false,
        says: 'what to look at',
      },
      { value: { name: 'FILE', kind: 'file' }, required: false, repeats: true, says: 'files' },
    ],
    options: [
      { long: 'mode', short: 'm', value: { name: 'MODE', kind: 'choice', choices: ['strict', 'lax'] }, says: 'how' },
      { long: 'fix', says: 'repair it' },
    ],
  },
  { ...text, name: 'setup resolve', summary: 'find out where', arguments: [host] },
  {
    ...text,
    name: 'crate',
    summary: 'pack it',
    arguments: [{ value: { name: 'FILE', kind: 'file' }, required: false, repeats: true, says: 'what to pack' }],
    options: [{ long: 'tight', says: 'press it' }],
  },
  { ...text, name: 'crate note', summary: 'write on it / beside it', arguments: [] },
  { ...text, name: 'crate notice', summary: 'read it', arguments: [] },
  {
    ...text,
    name: 'label',
    summary: 'write it',
    arguments: [
      {
        value: { name: 'COLOUR', kind: 'choice', choices: ['red', 'green'] },
        required: false,
        repeats: true,
        says: 'colours',
      },
    ],
  },
  {
    ...text,
    name: 'label check',
    summary: 'read it again',
    arguments: [host],
    options: [{ long: 'slowly', says: 'letter by letter' }],
  },
];
