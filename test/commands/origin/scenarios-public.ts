import { type Answer, type Edge, http, startEdge } from '../../servers/edge.js';
import { staying } from '../../servers/origin-peers.js';
import { closedPort } from '../../servers/peers.js';
import type { Ground } from './ground.js';
import { breaks, host, type Scenario, type Served } from './scenario.js';

const ray = '230b030023ae2822';
const ofEdge = { Server: 'cloudflare', 'CF-RAY': `${ray}-AMS` } as const;
const trace = http(
  '200 OK',
  { ...ofEdge, 'Content-Type': 'text/plain' },
  `fl=1f2\nh=${host}\nip=198.51.100.4\ncolo=AMS\n`,
);
const page = http('200 OK', { 'Content-Type': 'text/html' }, 'ok');

/** The error of the edge in the forms that it has. */
const errors = {
  json: http(
    '522 Origin Timeout',
    { ...ofEdge, 'Content-Type': 'application/problem+json' },
    JSON.stringify({
      type: 'https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/error-522/',
      title: 'Error 522: Connection timed out',
      status: 522,
      instance: ray,
      error_code: 522,
      error_name: 'connection_timeout',
      error_category: 'origin',
      ray_id: ray,
      timestamp: '2026-11-20T12:00:00Z',
      zone: host,
      cloudflare_error: true,
      retryable: true,
      retry_after: 120,
      owner_action_required: false,
    }),
  ),
  text: http('522 Origin Timeout', { ...ofEdge, 'Content-Type': 'text/plain' }, 'error code: 522'),
} as const;

/** The edge of Cloudflare on 127.0.0.2, for the name, and an origin on 127.0.0.1, or what `direct` is. */
const both = (answer: Answer, direct: (ground: Ground) => Promise<{ port: number; close(): Promise<void> }>) => ({
  async serve(ground: Ground): Promise<Served> {
    const origin = await direct(ground);
    const { port } = origin;
    const edge: Edge = await startEdge((head) => (head.includes('/cdn-cgi/trace ') ? trace : answer), {
      chain: ground.good,
      address: '127.0.0.2',
      port,
    });
    return {
      port,
      args: ['--public', 'always', '--resolve', `${host}:${port}:127.0.0.2`],
      async close() {
        await Promise.all([edge.close(), origin.close()]);
      },
    };
  },
});

const well = ({ good }: Ground) => startEdge(() => page, { chain: good });

const seen = (status: number, error?: object) => ({
  public: {
    address: '127.0.0.2',
    ray: { id: ray, colo: 'AMS' },
    http: { status },
    trace: { colo: 'AMS', h: host },
    ...(error !== undefined && { error }),
  },
});

/** The direct path and the public one, side by side. */
export const publicScenarios: readonly Scenario[] = [
  {
    name: 'both the origin and the edge are well',
    ...both(http('200 OK', ofEdge, 'ok'), well),
    expected: { code: null, exit: 0, facts: seen(200) },
  },
  {
    // As where a firewall lets everybody in but Cloudflare.
    name: 'the origin is well from here, and the edge says 522 in JSON',
    ...both(errors.json, well),
    expected: {
      code: null,
      exit: [1, 2],
      facts: seen(522, { code: 522, form: 'json', name: 'connection_timeout', rayId: ray, retryAfter: 120 }),
    },
  },
  {
    name: 'the origin is well from here, and the edge says 522 in a word',
    ...both(errors.text, well),
    expected: { code: null, exit: [1, 2], facts: seen(522, { code: 522 }) },
  },
  {
    name: 'the origin refuses, and the edge says 522',
    ...both(errors.json, () => closedPort()),
    expected: breaks(521, 'tcp', 'target', 'connection-refused', { facts: seen(522, { code: 522 }) }),
  },
  {
    name: 'the origin is silent, and the edge has the page in its cache',
    ...both(http('200 OK', { ...ofEdge, 'CF-Cache-Status': 'HIT' }, 'ok'), ({ good }) =>
      startEdge(() => staying(), { chain: good }),
    ),
    expected: breaks(524, 'response', 'target', 'timeout', {
      facts: { public: { http: { status: 200, headers: { 'cf-cache-status': 'HIT' } } } },
    }),
  },
  {
    name: 'the origin is well, and the public path does not answer',
    async serve(ground) {
      const origin = await well(ground);
      const args = ['--public', 'always', '--resolve', `${host}:${origin.port}:127.0.0.2`];
      return { port: origin.port, args, close: () => origin.close() };
    },
    expected: { code: null, exit: [0, 1, 2], facts: { public: { failure: { code: 'connection-refused' } } } },
  },
];
