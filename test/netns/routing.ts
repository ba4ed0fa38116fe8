import { afterAll, afterEach, expect } from 'vitest';
import { program } from '../cli/run.js';
import { validateRun } from '../schema.js';
import type { Namespace } from './namespaces.js';
import { addressIn, createRoutedNetwork, type Link, type Router, usualLinks } from './routed-network.js';

interface Finding {
  readonly rule: string;
  readonly status: string;
  readonly says: string;
  readonly code?: string;
  readonly remedy: string;
}

interface Report {
  readonly target: string;
  readonly facts: {
    readonly kind: string;
    readonly hops: readonly {
      ttl: number;
      hosts: readonly { address: string; cloudflare?: true }[];
      marks: string[];
    }[];
    readonly tried: readonly { tool: string; protocol: string; failure: { code: string } }[];
    readonly [key: string]: unknown;
  };
  readonly findings: readonly Finding[];
  readonly metrics: readonly { name: string; value: number; labels: Record<string, string> }[];
}

/** What `rg-diag route` says, run in a namespace, by way of other programs where some are named. */
async function routedIn(inside: Namespace, words: readonly string[], through: readonly string[]) {
  const [start = program, ...args] = [...through, program, 'route', ...words, '--json'];
  const { stdout, stderr, exit } = await inside.run(start, ...args);
  expect(stderr).toBe('');
  const run = JSON.parse(stdout);
  expect(validateRun(run)).toEqual([]);
  const reports = run.reports as readonly [Report, ...Report[]];
  const [{ facts, findings, metrics }] = reports;
  const found = (rule: string) => findings.find((finding) => finding.rule === `route/${rule}`);
  const addresses = facts.hops?.map(({ hosts }) => hosts.map(({ address }) => address).join(' '));
  return { exit, facts, found, addresses, reports, metrics };
}

export const target = (family: 4 | 6) => addressIn(usualLinks[2], family, 2);
export const hop = (number: 1 | 2, family: 4 | 6) => addressIn(usualLinks[number - 1], family, 2);

/**
 * A client, two routers and a server that listens on port 443, for the tests of one file; the firewalls of the second router
 * and of the server are opened after each of them.
 */
export async function createRouting(links?: readonly Link[]) {
  const network = createRoutedNetwork(links);
  afterAll(() => network.close());
  const { client, server, routers } = network;
  const second: Router = routers[1] ?? expect.fail('two routers');
  afterEach(async () => {
    await second.forward();
    server.firewall();
  });
  const listen = `require('node:net').createServer().listen(443, '::', () => console.log('ready'))`;
  await server.start(process.execPath, '-e', listen);
  const routed = (words: readonly string[], through: readonly string[] = []) => routedIn(client, words, through);
  return { client, server, second, routed };
}
