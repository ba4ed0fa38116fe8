import { endpointOf } from '../../model/endpoint.js';
import type { Failure } from '../../model/failure.js';
import { type Answer, type Given, type UsageProblem, usualAtOnce } from '../command.js';
import type { MemcachedAsked, MemcachedTarget } from './facts.js';

/** What is asked of which servers. */
export function ask(given: Given): Answer<MemcachedAsked, MemcachedTarget> | UsageProblem {
  const { args, targets: lines, options } = given;
  const asked = askedOf(given);
  if ('problem' in asked) return asked;
  if (args.length === 0 && options['targets'] === undefined) {
    return { problem: 'nothing to look at: no SERVER given', hint: 'As in rg-diag memcached 127.0.0.1:11211.' };
  }
  const targets: MemcachedTarget[] = [];
  for (const text of args) {
    const target = targetOf(text);
    if ('problem' in target) {
      return { problem: target.problem, hint: 'A SERVER is host, host:port, [address]:port, unix:/path or /path.' };
    }
    targets.push(target);
  }
  const unreadable: { label: string; failure: Failure }[] = [];
  for (const line of lines) {
    const target = targetOf(line);
    if ('problem' in target) {
      const failure: Failure = { code: 'invalid-target', step: 'input', blame: 'us', detail: target.problem };
      unreadable.push({ label: line, failure });
    } else targets.push(target);
  }
  // Watching needs a place for each.
  const places = (options['concurrency'] as number | undefined) ?? usualAtOnce;
  if (asked.watch !== undefined && targets.length > places) {
    return {
      problem: `--watch looks at ${places} servers at once, and ${targets.length} were given`,
      hint: `Add --concurrency ${targets.length}.`,
    };
  }
  return { asked, targets, unreadable };
}

/** `host[:port]`, `unix:/path`, or the path alone. */
function targetOf(text: string): MemcachedTarget | UsageProblem {
  if (/^\.{0,2}\//.test(text)) return { text, endpoint: { kind: 'unix', path: text } };
  const endpoint = endpointOf(text);
  return 'problem' in endpoint ? endpoint : { text, endpoint };
}

function askedOf({ options, network }: Given): MemcachedAsked | UsageProblem {
  const number = (name: string) => options[name] as number | undefined;
  const [warning, critical, watch, count] = [number('warning'), number('critical'), number('watch'), number('count')];
  if (warning !== undefined && critical !== undefined && warning > critical) {
    return { problem: `--warning ${warning} is more than --critical ${critical}, so it would never warn` };
  }
  if (count !== undefined && watch === undefined) {
    return { problem: '--count needs --watch', hint: `As in --watch 5 --count ${count}.` };
  }
  const [caFile, authFile] = [options['ca-file'] as string | undefined, options['auth-file'] as string | undefined];
  const addCa = options['add-ca'] as readonly string[] | undefined;
  const tls = options['tls'] === true;
  if (!tls && (caFile !== undefined || addCa !== undefined)) {
    return { problem: `--${caFile === undefined ? 'add-ca' : 'ca-file'} needs --tls` };
  }
  if ([authFile, caFile, ...(addCa ?? []), options['targets']].filter((path) => path === '-').length > 1) {
    return { problem: 'standard input can be read only once' };
  }
  return {
    network,
    ...(tls && { tls }),
    ...(caFile !== undefined && { caFile }),
    ...(addCa !== undefined && { addCa }),
    ...(authFile !== undefined && { authFile }),
    readTimeout: number('read-timeout') ?? 5,
    ...(warning !== undefined && { warning }),
    ...(critical !== undefined && { critical }),
    ...(watch !== undefined && { watch }),
    ...(count !== undefined && { count }),
    limit: number('limit') ?? 1_000_000,
    streamSize: number('stream-size') ?? 250_000,
    memcachedTimeout: number('memcached-timeout') ?? 100,
  };
}
