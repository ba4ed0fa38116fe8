import type { CommandRow } from './command.js';

/** The only list of commands: name → summary, lazy loader. */
export const catalogue: readonly CommandRow[] = [
  {
    name: 'decode',
    summary: 'decode Cf-Railgun and CF-RAY values, one by one or out of logs of any size',
    load: () => import('./decode/command.js'),
  },
  {
    name: 'probe',
    summary: 'tell open, closed, filtered and unreachable ports apart, over TCP, UDP, TLS and unix sockets',
    load: () => import('./probe/command.js'),
  },
  {
    name: 'nc',
    summary: "connect like OpenBSD's nc: the same options, output and exit codes",
    load: () => import('./nc/command.js'),
  },
  {
    name: 'telnet',
    summary: 'connect like telnet: says what it tries, then carries lines there and back',
    load: () => import('./telnet/command.js'),
  },
  {
    name: 'trace',
    summary: 'fetch /cdn-cgi/trace: which Cloudflare data centre answers, how fast, or what answers instead',
    load: () => import('./trace/command.js'),
  },
  {
    name: 'cert',
    summary: 'check the certificates of TLS servers and files, and list every defect of the chain',
    load: () => import('./cert/command.js'),
  },
  {
    name: 'memcached',
    summary: 'look at memcached servers: reachable, fast, large enough and fit for Railgun',
    load: () => import('./memcached/command.js'),
  },
  {
    name: 'config check',
    summary:
      'check railgun.conf and railgun-nat.conf: slips, conflicts, the files that they name, and --fix for what is safe',
    load: () => import('./config-check/command.js'),
  },
  {
    name: 'config resolve',
    summary: 'say where rg-listener sends a request for a host and port, which line decides it, and why',
    load: () => import('./config-resolve/command.js'),
  },
  {
    name: 'listener',
    summary: 'look at rg-listener: process, WAN port, certificate, statistics and crashes, alone or behind a balancer',
    load: () => import('./listener/command.js'),
  },
  {
    name: 'logs',
    summary: 'read the logs of rg-listener: what went wrong, how often, for which hosts, and what to do about it',
    load: () => import('./logs/command.js'),
  },
  {
    name: 'route',
    summary: 'look at the way to a host with mtr, traceroute or tracepath, over TCP to its port where that can be done',
    load: () => import('./route/command.js'),
  },
  {
    name: 'origin',
    summary: 'fetch a page from an origin as Cloudflare’s edge does, and say which error visitors get, and why',
    load: () => import('./origin/command.js'),
  },
  {
    name: 'explain',
    summary: 'explain Cloudflare errors, cache statuses, Railgun values and log lines, offline',
    load: () => import('./explain/command.js'),
  },
  {
    name: 'har check',
    summary: 'read HTTP archives of a browser: errors, rays, cache and Railgun results, what is slow; two side by side',
    load: () => import('./har-check/command.js'),
  },
  {
    name: 'har sanitize',
    summary: 'mask the secrets of an HTTP archive, and prove that none is left before it is handed over',
    load: () => import('./har-sanitize/command.js'),
  },
  {
    name: 'doctor',
    summary: 'check everything that applies, and say what is most likely wrong, what follows from it, and what to do',
    load: () => import('./doctor/command.js'),
  },
  {
    name: 'bundle',
    summary: 'make the folder that Cloudflare support asks for: complete, in the types it takes, with no secret in it',
    load: () => import('./bundle/command.js'),
  },
  {
    name: 'bundle verify',
    summary: 'check a bundle before it is sent: whole, unchanged, of types that support takes, with no secret in it',
    load: () => import('./bundle-verify/command.js'),
  },
  {
    name: 'bundle redact',
    summary: 'mask a bundle that was made earlier, or any folder of text files, into a new folder, and prove it',
    load: () => import('./bundle-redact/command.js'),
  },
  {
    name: 'completion',
    summary: 'print a completion script for bash, zsh or fish',
    load: () => import('./completion/command.js'),
  },
];
