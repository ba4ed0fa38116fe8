import type { Command } from '../command.js';
import type { RouteAsked, RouteFacts, RouteTarget } from './facts.js';

export const command: Command<RouteAsked, RouteTarget, RouteFacts> = {
  kind: 'diagnosis',
  name: 'route',
  summary: 'look at the way to a host with mtr, traceroute or tracepath, over TCP to its port where that can be done',
  description: [
    'Runs whichever of mtr, traceroute and tracepath is installed, and makes one list of hops of what it prints: the ' +
      'addresses of each hop, how many probes it answered, how quickly, and what it says about those that got no farther. ' +
      'Hops in the ranges of Cloudflare are marked. Every address of a name is looked at, one report each.',
    'The probes are attempts to connect to the port, because firewalls may treat other packets in another way. Where the ' +
      'privileges for that are missing the next way is tried, and the report says which one was used and what was ' +
      'missing.',
    'Cloudflare support asks for such a route, from the origin to an address of Cloudflare, for the errors 522 and 523: ' +
      'add --ticket for a text to paste.',
  ],
  arguments: [
    {
      value: { name: 'HOST', kind: 'text' },
      required: false,
      repeats: true,
      says: 'a host or an address, or HOST:PORT',
    },
  ],
  options: [
    {
      long: 'port',
      value: { name: 'N', kind: 'number', min: 1, integer: true },
      says: 'the port that probes of TCP go to (default 443)',
    },
    {
      long: 'protocol',
      value: { name: 'PROTOCOL', kind: 'choice', choices: ['auto', 'tcp', 'icmp', 'udp'] },
      says: 'what the probes are (default auto: TCP where that can be done, else what can)',
    },
    {
      long: 'tool',
      value: { name: 'TOOL', kind: 'choice', choices: ['mtr', 'traceroute', 'tracepath'] },
      says: 'use this program and no other (default: the first that can do it)',
    },
    {
      long: 'max-hops',
      value: { name: 'N', kind: 'number', min: 1, integer: true },
      says: 'look no farther than N hops (default 30)',
    },
    {
      long: 'queries',
      value: { name: 'N', kind: 'number', min: 1, integer: true },
      says: 'send N probes to each hop, at most 10 (default 3)',
      more: 'More of them tell more about losses. mtr takes a second for each; tracepath sends as many as it wants.',
    },
    { long: 'names', says: 'look up the names of the hops' },
  ],
  takesTargets: true,
  network: true,
  concurrency: 'look at N addresses at once (default 16)',
  defaultTimeout: 60,
  sharing: 'attempts',
  examples: [
    { command: 'rg-diag route www.example.com', says: 'Where the way to a host leads, and where it ends.' },
    {
      command: 'rg-diag route 198.41.128.1 --ticket',
      says: 'What Cloudflare support asks for with a 522: the way from the origin to an address of Cloudflare that is in its logs.',
    },
    {
      command: 'rg-diag route www.example.com --port 8443 --queries 10',
      says: 'Whether packets to another port are lost, and where.',
    },
    {
      command: 'rg-diag route www.example.com --tool traceroute --protocol udp',
      says: 'How another program and other packets fare.',
    },
  ],
  notes: [
    {
      title: 'Programs',
      paragraphs: [
        'They are looked for in the folders of PATH that are absolute, in this order: mtr over TCP, traceroute over TCP, mtr over ICMP, ' +
          'traceroute over UDP, tracepath (which uses UDP). On Debian they are in the packages mtr-tiny, traceroute and ' +
          'iputils-tracepath. mtr is first because its helper mtr-packet may send every kind of packet for every user, ' +
          'without the rest of it being privileged; traceroute needs privileges for TCP; tracepath needs none.',
        'They are run without a shell, with LC_ALL=C and without MTR_OPTIONS, and are ended, with all that they started, when ' +
          'the time is up. What they had printed by then counts.',
      ],
    },
    {
      title: 'Judgement',
      paragraphs: [
        'Not to be reached over TCP fails, and so does a router that says why it lets nothing pass, or a loop. Silence ' +
          'about probes of ICMP or UDP only warns: many hosts answer none, and Cloudflare limits how many pings it answers. ' +
          'Loss at the destination warns; loss at a hop before it says nothing, because routers answer few probes ' +
          'themselves. Without any of the programs the result is unknown.',
        'mtr does not tell the reason with which a router turns probes back; traceroute marks it: !H (host), !N (network), ' +
          '!X (prohibited) and others.',
      ],
    },
    {
      title: 'Time',
      paragraphs: [
        'mtr takes a second for each of the --queries and two more; traceroute and tracepath take longer where hops are ' +
          'silent. --timeout ends all of it. --connect-timeout has no meaning here, and --connect-to only says which address ' +
          'is looked at.',
      ],
    },
  ],
  ask: async (given) => (await import('./ask.js')).ask(given),
  label: ({ label }) => label,
  measure: () => import('./measure.js'),
  explain: () => import('./explain.js'),
};
