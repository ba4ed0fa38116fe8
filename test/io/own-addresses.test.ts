import { networkInterfaces } from 'node:os';
import { afterAll, describe, expect, it } from 'vitest';
import { hasAddressOf } from '../../src/io/own-addresses.js';
import { bundled } from '../netns/bundled.js';
import { createNamespaces, createNetwork, ip, type Namespace, setting } from '../netns/namespaces.js';

const program = await bundled('own-machine.ts');
const network = createNetwork();
const roles = ['bare', 'loopback', 'links', 'private', 'down'] as const;
const { namespaces, close } = createNamespaces(roles, (names) => {
  for (const name of Object.values(names)) {
    // An address of a link is there only where one is given.
    setting(name, 'ipv6/conf/default/addr_gen_mode', 1);
    if (name === names.bare) continue;
    ip('-n', name, 'link', 'set', 'lo', 'up');
    ip('-n', name, 'link', 'add', 'eth0', 'type', 'veth', 'peer', 'name', 'eth1');
    ip('-n', name, 'link', 'set', 'eth1', 'up');
    if (name !== names.down) ip('-n', name, 'link', 'set', 'eth0', 'up');
  }
});
afterAll(async () => {
  await close();
  await network.close();
});

const give = (to: Namespace, device: string, ...addresses: readonly string[]) => {
  for (const address of addresses) to.ip('addr', 'add', address, 'dev', device);
};

async function told(where: Namespace) {
  const { stdout, stderr } = await where.run(process.execPath, program);
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

async function has(where: Namespace): Promise<{ readonly 4: boolean; readonly 6: boolean }> {
  const { has4, has6 } = await told(where);
  return { 4: has4, 6: has6 };
}

describe('a machine', () => {
  it('without any address has none', async () => {
    expect(await has(namespaces.bare)).toEqual({ 4: false, 6: false });
  });

  it('with its loopback only has none', async () => {
    expect(await has(namespaces.loopback)).toEqual({ 4: false, 6: false });
    // Nor does one more address make it reach further.
    give(namespaces.loopback, 'lo', '127.0.0.2/8');
    expect(await has(namespaces.loopback)).toEqual({ 4: false, 6: false });
    expect((await told(namespaces.loopback)).own).toEqual({ addresses: [], hasLinkLocalIpv6: false });
  });

  it('with addresses of its links only has none', async () => {
    give(namespaces.links, 'eth0', '169.254.7.7/16', 'fe80::7/64');
    expect(await has(namespaces.links)).toEqual({ 4: false, 6: false });
    expect((await told(namespaces.links)).own).toEqual({ addresses: [], hasLinkLocalIpv6: true });
  });

  it('with an address of one family has that', async () => {
    give(namespaces.private, 'eth0', '10.0.0.1/8', 'fe80::1/64');
    expect(await has(namespaces.private)).toEqual({ 4: true, 6: false });
    namespaces.private.ip('addr', 'del', '10.0.0.1/8', 'dev', 'eth0');
    give(namespaces.private, 'eth0', '2001:db8::1/64');
    expect(await has(namespaces.private)).toEqual({ 4: false, 6: true });
    expect((await told(namespaces.private)).own).toEqual({ addresses: ['2001:db8::1'], hasLinkLocalIpv6: true });
  });

  it('with addresses of an interface that is down has none', async () => {
    give(namespaces.down, 'eth0', '192.0.2.1/24', '2001:db8::1/64');
    expect(await has(namespaces.down)).toEqual({ 4: false, 6: false });
    namespaces.down.ip('link', 'set', 'eth0', 'up');
    expect(await has(namespaces.down)).toMatchObject({ 4: true });
  });

  it('of a network has both', async () => {
    expect(await has(network.client)).toEqual({ 4: true, 6: true });
  });
});

it.each([4, 6] as const)('this one has an address of IPv%i only where an interface has one', (family) => {
  const all = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const outside = all.filter((one) => one.family === `IPv${family}` && !one.internal);
  if (hasAddressOf(family)) expect(outside).not.toEqual([]);
  else for (const { address } of outside) expect(address).toMatch(/^(fe80:|169\.254\.)/);
});
