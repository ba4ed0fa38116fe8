import type { Command } from '../command.js';
import type { ConfigCheckAsked, ConfigCheckFacts, ConfigCheckTarget } from './facts.js';

export const command: Command<ConfigCheckAsked, ConfigCheckTarget, ConfigCheckFacts> = {
  kind: 'diagnosis',
  name: 'config check',
  summary:
    'check railgun.conf and railgun-nat.conf: slips, conflicts, the files that they name, and --fix for what is safe',
  description: [
    'Reads railgun.conf, and the railgun-nat.conf that its map.file names, and says what is wrong in them, and where: keys ' +
      'that nobody knows with the one that was meant, values of the wrong type or out of range, settings that contradict ' +
      'each other or do nothing, what was never filled in, and in the map names, addresses and ports that cannot work. ' +
      'The files that settings name are looked at too: certificates and keys, ca.bundle, sockets, folders.',
    'FILE is a railgun.conf or a railgun-nat.conf: which of the two shows in what it says. Without FILE it is ' +
      '/etc/railgun/railgun.conf. Several files belong together: they are checked as the listeners behind one load ' +
      'balancer, which share a token.',
    'Nothing is contacted: addresses are not tried, names are not looked up.',
  ],
  arguments: [
    {
      value: { name: 'FILE', kind: 'file' },
      required: false,
      repeats: true,
      says: 'a railgun.conf or a railgun-nat.conf (default /etc/railgun/railgun.conf); - is standard input',
    },
  ],
  options: [
    {
      long: 'behind-load-balancer',
      says: 'also check what a listener needs that stands behind a load balancer',
      more: 'Where several railgun.conf are given, what they have to have in common is checked in any case.',
    },
    {
      long: 'fix',
      says: 'put right what is safe to put right, and report what is left',
      more:
        'Safe is what changes no meaning: without --fix, the report says which findings that are. Nothing else in the file ' +
        'changes, not a byte. A file is replaced as a whole, or left as it is: where somebody else changed it meanwhile, where ' +
        'its owner could not be kept, and where it has several names (hard links).',
    },
  ],
  formats: ['sarif'],
  takesTargets: false,
  defaultTimeout: 30,
  sharing: 'targets',
  examples: [
    { command: 'rg-diag config check', says: 'The configuration of this machine.' },
    { command: 'rg-diag config check --fix ./railgun.conf', says: 'Put right what is safe, and report the rest.' },
    {
      command: 'rg-diag config check --behind-load-balancer one/railgun.conf two/railgun.conf',
      says: 'Two listeners behind one balancer.',
    },
    { command: 'rg-diag config check railgun.conf -f sarif -o railgun.sarif', says: 'For code scanning.' },
  ],
  files: [
    { path: '/etc/railgun/railgun.conf', says: 'the configuration of rg-listener, as its package installs it' },
    { path: '/etc/railgun/railgun-nat.conf', says: 'the map that the package’s file names' },
  ],
  notes: [
    {
      title: 'What is read',
      paragraphs: [
        'Of a key that is set twice, the last line is taken: no document says which one counts. A path that does not ' +
          'begin with a slash is taken from the directory that rg-diag runs in; where rg-listener looks for it is not documented either.',
        'At most 1 MB of a file is read. Compressed files are not: rg-listener does not read them. Sockets, devices and ' +
          'FIFOs that settings name are looked at, and never opened. Files are judged as they are on this machine, by whoever ' +
          'runs rg-diag.',
        'Owner, group, mode and symbolic links of a file stay as they are with --fix. Access control lists and extended ' +
          'attributes are not carried over.',
      ],
    },
    {
      title: 'Secrets',
      paragraphs: [
        'activation.token, private keys, passwords in URLs and comments appear in no output. Neither do values of keys that ' +
          'are not known, which may be anything.',
      ],
    },
  ],
  ask: async (given) => (await import('./ask.js')).ask(given),
  label: ({ files }) => files.map((path) => (path === '-' ? 'standard input' : path)).join(', '),
  measure: () => import('./measure.js'),
  explain: () => import('./explain.js'),
  act: ({ fix }) => (fix === true ? import('./act.js') : undefined),
};
