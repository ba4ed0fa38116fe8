import { existsSync, statSync } from 'node:fs';
import { runProgram } from '../../src/io/spawn.js';

// Runs a program that writes its number into a file, and exits as a process does that has met an error.

const [path = '', note = ''] = process.argv.slice(2);
void runProgram({ path, args: [note], limits: { signal: new AbortController().signal } });
setInterval(() => {
  if (existsSync(note) && statSync(note).size > 0) process.exit(1);
}, 20);
