import { findProgram, runProgram } from '../../io/spawn.js';
import type { Tool } from './facts.js';
import { type Flavour, flavourOf, versionArgument, versionOf } from './ways.js';

/** A program that is there. */
export interface Found {
  readonly path: string;
  readonly version?: string;
  readonly flavour: Flavour;
}

/** Variables that would change what a program sends or prints. */
export const misleading = ['MTR_OPTIONS', 'TRACEROUTE_OPTIONS'];

/** Seconds to wait for a program to say which version it is. */
const patience = 2;

/** Looks a program up, and asks it which version it is, once for all addresses. */
export function toolbox(signal: AbortSignal): (tool: Tool) => Promise<Found | undefined> {
  const known = new Map<Tool, Promise<Found | undefined>>();
  return (tool) => {
    const found = known.get(tool) ?? look(tool, signal);
    known.set(tool, found);
    return found;
  };
}

async function look(tool: Tool, signal: AbortSignal): Promise<Found | undefined> {
  const path = findProgram(tool);
  if (path === undefined) return undefined;
  const args = [versionArgument(tool)];
  const { partial } = await runProgram({ path, args, limits: { seconds: patience, signal }, without: misleading });
  const said = `${partial.stdout}\n${partial.stderr}`;
  const version = versionOf(said);
  return { path, flavour: flavourOf(said), ...(version !== undefined && { version }) };
}
