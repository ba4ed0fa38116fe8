import { type Ran, shell } from '../cli/run.js';

/**
 * Runs a line of shell twice, with the installed program in the place of its name in capitals, and with rg-diag's: both
 * have the same around them, so that whatever they print can be compared.
 */
export async function sideBySide(name: 'nc' | 'telnet', line: string): Promise<{ real: Ran; ours: Ran }> {
  const word = new RegExp(`\\b${name.toUpperCase()}\\b`, 'g');
  if (!word.test(line)) throw new Error(`there is no ${name.toUpperCase()} in ${line}`);
  const [real, ours] = await Promise.all([
    shell(line.replace(word, name)),
    shell(line.replace(word, `rg-diag ${name}`)),
  ]);
  return { real, ours };
}
