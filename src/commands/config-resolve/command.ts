import type { Command } from '../command.js';
import type { ConfigResolveAsked, ConfigResolveFacts, ConfigResolveTarget } from './facts.js';

export const command: Command<ConfigResolveAsked, ConfigResolveTarget, ConfigResolveFacts> = {
  kind: 'diagnosis',
  name: 'config resolve',
  summary: 'say where rg-listener sends a request for a host and port, which line decides it, and why',
  description: [
    'Reads railgun.conf and the railgun-nat.conf that its map.file names, and says where rg-listener would send a request ' +
      'for HOST and PORT: the address or name, the port, HTTP or HTTPS, the line that decides it, and what would be without it.',
    'The line for the host and port comes first, then the line for the host, then default, then the address that Cloudflare ' +
      'has in DNS for the host and hands over as CF-ORIGIN-IP. --origin-ip names that address.',
    'Nothing is contacted and no name is looked up, unless --probe asks for it.',
  ],
  arguments: [
    {
      value: { name: 'HOST[:PORT]', kind: 'text' },
      required: false,
      repeats: true,
      says: 'what visitors ask for: a host, host:port, or a URL of http or https',
    },
  ],
  options: [
    {
      long: 'config',
      value: { name: 'FILE', kind: 'file' },
      says: 'the configuration of rg-listener (default /etc/railgun/railgun.conf); - is standard input',
    },
    {
      long: 'origin-ip',
      value: { name: 'ADDR', kind: 'text' },
      says: 'the address that DNS at Cloudflare has for the host (CF-ORIGIN-IP)',
    },
    {
      long: 'http',
      says: 'visitors ask over HTTP: port 80 where none is given',
      more: 'Without it the port decides: those that Cloudflare proxies for HTTP (80, 8080, 8880 …) are asked over HTTP, all others over HTTPS.',
    },
    {
      long: 'probe',
      says: 'also connect to where it leads, at every address, and say whether it is open',
      more: 'It connects from this machine, which should be that of rg-listener. Nothing is sent. A name is looked up for it.',
    },
  ],
  takesTargets: true,
  network: true,
  concurrency: 'probe N targets at once (default 16)',
  defaultTimeout: 30,
  sharing: 'targets',
  examples: [
    { command: 'rg-diag config resolve www.example.com', says: 'Where requests for a host go.' },
    {
      command: 'rg-diag config resolve example.com:2083 --config ./railgun.conf',
      says: 'Whether a port that is not usual has its line.',
    },
    {
      command: 'rg-diag config resolve www.example.com --origin-ip 203.0.113.34 --probe',
      says: 'On the machine of rg-listener: whether the place can be reached.',
    },
    { command: 'rg-diag config resolve --targets hosts.txt -f nagios', says: 'A health check of all hosts of a map.' },
  ],
  files: [
    { path: '/etc/railgun/railgun.conf', says: 'the configuration of rg-listener, as its package installs it' },
    { path: '/etc/railgun/railgun-nat.conf', says: 'the map that the package’s file names' },
  ],
  notes: [
    {
      title: 'What no document says',
      paragraphs: [
        'Which of two lines for the same counts: the last one is taken, and it is a warning. What wildcards do: they are ' +
          'not applied, and it is a warning. What a line does that names a port for the host and none for its target: it is ' +
          'taken to lead to 80 or 443. A map.file that does not begin with a slash is taken from the directory that rg-diag runs in.',
      ],
    },
  ],
  ask: async (given) => (await import('./ask.js')).ask(given),
  label: ({ label }) => label,
  measure: () => import('./measure.js'),
  explain: () => import('./explain.js'),
};
