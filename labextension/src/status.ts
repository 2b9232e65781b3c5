/** What the line at the top of a lesson can say. */
export type State = 'starting' | 'late' | 'failed' | 'ready';

const WORDS: Record<State, string> = {
  starting: 'Getting this page ready…',
  late: 'This page takes longer than it should. You can wait a little longer, or try again.',
  failed: 'Part of this page did not start.',
  ready: ''
};

/**
 * A line at the top of a lesson, read out politely, with a button to try again when that helps.
 * It lies over the page's upper margin, so that nothing moves when it goes.
 */
export class StatusLine {
  constructor(onTryAgain: () => void) {
    this.node.className = 'pdk-Status';
    // There from the start: a screen reader tells only of changes to a region that it knows.
    this._words.setAttribute('role', 'status');
    this._again.type = 'button';
    this._again.textContent = 'Try again';
    this._again.addEventListener('click', onTryAgain);
    this.node.append(this._words, this._again);
    this.show('ready');
  }

  readonly node = document.createElement('div');

  show(state: State): void {
    this.node.dataset['state'] = state;
    this._words.textContent = WORDS[state];
    this._again.hidden = state === 'starting' || state === 'ready';
  }

  private readonly _words = document.createElement('span');
  private readonly _again = document.createElement('button');
}
