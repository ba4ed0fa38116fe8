import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/**
 * What this machine is called, without asking anybody: its name as the system has it, that without the domain, and what the hosts file
 * and the search list of resolv.conf make of it. In lower case.
 */
export function ownNames(): readonly string[] {
  const full = hostname().toLowerCase();
  const short = full.split('.')[0] ?? full;
  const own = new Set([full, short]);
  const beside = wordsOf('/etc/hosts').filter((words) => words.some((word) => own.has(word)));
  const domains = wordsOf('/etc/resolv.conf').flatMap(([key, ...words]) =>
    key === 'search' || key === 'domain' ? words : [],
  );
  const names = [...own, ...beside.flatMap(([, ...names]) => names), ...domains.map((domain) => `${short}.${domain}`)];
  return [...new Set([...names, ...domains])].filter((name) => name !== '' && !/^(?:localhost|ip6-|\.)/.test(name));
}

/** The words of each line, without comments. */
function wordsOf(path: string): readonly (readonly string[])[] {
  try {
    const lines = readFileSync(path, 'utf8').split('\n');
    return lines.map((line) =>
      line
        .replace(/[#;].*/, '')
        .trim()
        .toLowerCase()
        .split(/\s+/),
    );
  } catch {
    // Where there is no such file it names nothing.
    return [];
  }
}
