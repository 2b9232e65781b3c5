import { PageConfig, URLExt } from '@jupyterlab/coreutils';
import type { INotebookModel } from '@jupyterlab/notebook';
// Not crypto.subtle: browsers keep that from pages on plain http, which some hubs still are.
import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex } from '@noble/hashes/utils';

/** The digests of every code cell that the kit ships. */
export type Shipped = ReadonlySet<string>;

/**
 * The one call that differs from page to page: a peer circle's packet asks for the boxes of a
 * reading by its code. A code is ten letters and digits, and no code that runs.
 */
const RESPOND =
  /^(?:from peer_drift_kit import hand_in, respond\n\n)?respond\("[a-z2-7]{10}"\)$/;

/**
 * Fetch the list that lies beside this extension. An empty one, so that nothing at all counts as
 * shipped, if it cannot be had.
 */
export async function fetchShipped(): Promise<Shipped> {
  const url = URLExt.join(
    PageConfig.getOption('fullLabextensionsUrl'),
    'peer-drift-kit',
    'shipped-cells.json'
  );
  try {
    // Asked anew each time: a list kept from before an update would leave the new lessons asleep.
    const response = await fetch(url, { cache: 'no-cache' });
    if (!response.ok) {
      throw new Error(`${response.status} for ${url}`);
    }
    const { cells } = (await response.json()) as { cells: string[] };
    return new Set(cells);
  } catch (error) {
    console.warn('Peer Drift Kit: no list of shipped cells, so lessons stay notebooks.', error);
    return new Set();
  }
}

/** A cell's source as it is digested; `peer_drift_kit/curriculum/shipped.py` does the same. */
function normalised(source: string): string {
  return source.replace(/\r\n?/g, '\n').replace(/[ \t\n]+$/, '');
}

/** Whether a cell's source is nothing but space, which runs nothing. */
export function isBlank(source: string): boolean {
  return normalised(source) === '';
}

/**
 * Whether a notebook says it is a lesson of ours, and runs nothing but what we ship.
 *
 * What the metadata says is no proof, since anyone can write it: it is the digests that let a
 * notebook run by itself.
 */
export function isShippedLesson(model: INotebookModel, shipped: Shipped): boolean {
  const claim: unknown = model.getMetadata('peer_drift_kit');
  if (typeof claim !== 'object' || claim === null || Array.isArray(claim)) {
    return false;
  }
  const sources = Array.from(model.cells)
    .filter(cell => cell.type === 'code')
    .map(cell => normalised(cell.sharedModel.getSource()))
    .filter(source => source !== '');
  return (
    sources.length > 0 &&
    sources.every(source => RESPOND.test(source) || shipped.has(bytesToHex(sha256(source))))
  );
}
