import type { PrintCommand } from '../command.js';

const shells = ['bash', 'zsh', 'fish'];

/** `rg-diag completion`: a script that teaches a shell what can be typed after `rg-diag`. */
export const command: PrintCommand = {
  kind: 'print',
  name: 'completion',
  summary: 'print a completion script for bash, zsh or fish',
  description: [
    'Prints a script that lets a shell complete the commands of rg-diag, their options, and the values of those. The ' +
      'script is made from the same definitions as this text and needs nothing else: pressing TAB starts no program ' +
      'and touches no network. Print it anew after an update of rg-diag, and start a new shell to use it.',
    'For bash (4.3 or later), write it to ~/.local/share/bash-completion/completions/rg-diag, or for all users to ' +
      '/usr/local/share/bash-completion/completions/rg-diag. The package bash-completion loads it from there. Without ' +
      'that package, add this line to ~/.bashrc: source <(rg-diag completion bash)',
    'For zsh, write it to a file with the name _rg-diag in a directory of $fpath, for all users ' +
      '/usr/local/share/zsh/site-functions. Or add this line to ~/.zshrc, after compinit: source <(rg-diag completion zsh)',
    'For fish, write it to ~/.config/fish/completions/rg-diag.fish, or for all users to ' +
      '/etc/fish/completions/rg-diag.fish.',
  ],
  arguments: [
    {
      value: { name: 'SHELL', kind: 'choice', choices: shells },
      required: true,
      repeats: false,
      says: `the shell that the script is for: ${shells.join(', ')}`,
    },
  ],
  options: [],
  takesTargets: false,
  examples: [
    { command: 'source <(rg-diag completion bash)', says: 'Completion in this bash, until it ends.' },
    {
      command: 'rg-diag completion zsh | sudo tee /usr/local/share/zsh/site-functions/_rg-diag',
      says: 'Completion in every zsh of this machine.',
    },
    {
      command: 'rg-diag completion fish -o ~/.config/fish/completions/rg-diag.fish',
      says: 'Completion in every fish of this user.',
    },
  ],
  async print(given, catalogue) {
    const [shell, ...more] = given.args;
    if (more.length > 0) return { problem: 'one shell at a time', hint: `Try rg-diag completion ${shell}.` };
    switch (shell) {
      case 'bash':
        return (await import('./bash.js')).bashScript(catalogue);
      case 'zsh':
        return (await import('./zsh.js')).zshScript(catalogue);
      case 'fish':
        return (await import('./fish.js')).fishScript(catalogue);
      case undefined:
        return { problem: `no shell given: one of ${shells.join(', ')}` };
      default:
        return { problem: `no completion for '${shell}', only for ${shells.join(', ')}` };
    }
  },
};
