import { http, startEdge } from '../../servers/edge.js';
import { closedPort, closingPeer, fullBacklog, resettingPeer } from '../../servers/peers.js';
import { breaks, listenerLog, type Scenario } from './scenario.js';

const nobodyListens = () => closedPort();

/** Whether there is a connection at all; what firewalls and routes do to it is in test/netns. */
export const tcpScenarios: readonly Scenario[] = [
  {
    name: 'nobody listens on the port of TLS',
    serve: nobodyListens,
    expected: breaks(521, 'tcp', 'target', 'connection-refused'),
    railgun: { code: 527, logLine: listenerLog.refusedTls },
  },
  {
    name: 'nobody listens on the port of TLS, under full',
    serve: nobodyListens,
    args: ['--mode', 'full'],
    expected: breaks(521, 'tcp', 'target', 'connection-refused'),
    railgun: { code: 502, logLine: listenerLog.refusedTls, version: '5.2.0' },
  },
  {
    name: 'nobody listens on the port of plain HTTP',
    serve: nobodyListens,
    args: ['--mode', 'flexible'],
    expected: breaks(521, 'tcp', 'target', 'connection-refused'),
    railgun: { code: 527, logLine: listenerLog.refused },
  },
  {
    name: 'nobody listens on the port of plain HTTP, under off',
    serve: nobodyListens,
    args: ['--mode', 'off'],
    expected: breaks(521, 'tcp', 'target', 'connection-refused'),
    railgun: { code: 502, logLine: listenerLog.refused, version: '5.2.0' },
  },
  {
    name: 'attempts to connect are dropped',
    serve: () => fullBacklog(),
    expected: breaks(522, 'tcp', 'path', 'timeout'),
    railgun: { code: 527, logLine: listenerLog.timeout },
  },
  {
    name: 'attempts to connect are dropped, under flexible and the profile of 2023',
    serve: () => fullBacklog(),
    args: ['--mode', 'flexible', '--edge-profile', '2023'],
    expected: breaks(522, 'tcp', 'path', 'timeout', { facts: { edge: { profile: '2023' } } }),
    railgun: { code: 502, logLine: listenerLog.timeout, version: '5.2.0' },
  },
  {
    name: 'one of two addresses is dead',
    serve: ({ good }) => startEdge(() => http('200 OK', { 'Content-Type': 'text/plain' }, 'ok'), { chain: good }),
    ips: ['127.0.0.1', '127.0.0.2'],
    expected: breaks(521, 'tcp', 'target', 'connection-refused', {
      facts: {
        share: { tried: 2, dead: ['127.0.0.2'] },
        addresses: [{ attempts: [{ edge: { code: null } }] }, { attempts: [{ edge: { code: 521 } }] }],
        decisive: { address: 1, attempt: 0 },
      },
    }),
  },
  {
    name: 'both of two addresses are dead',
    serve: nobodyListens,
    ips: ['127.0.0.1', '127.0.0.2'],
    expected: breaks(521, 'tcp', 'target', 'connection-refused', { facts: { share: { tried: 2 } } }),
  },
  {
    name: 'the origin closes every connection at once',
    serve: () => closingPeer(),
    args: ['--mode', 'flexible'],
    expected: breaks(520, 'response', 'target', ['connection-closed', 'connection-reset']),
  },
  {
    // A reset before the SYN was answered would be a refusal: there was a connection.
    name: 'the origin resets every connection at once',
    serve: () => resettingPeer(),
    args: ['--mode', 'flexible'],
    expected: breaks(520, 'response', 'target', ['connection-reset', 'connection-closed']),
    railgun: { code: 527 },
  },
  {
    name: 'the origin resets every connection at once, and TLS was wanted',
    serve: () => resettingPeer(),
    expected: breaks(525, 'tls', 'target', ['connection-reset', 'connection-closed']),
    railgun: { code: 527 },
  },
];
