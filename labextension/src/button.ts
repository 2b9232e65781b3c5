import { Widget } from '@lumino/widgets';

/**
 * The button in a lesson's toolbar. Its words stay as they are and its state is told by
 * `aria-pressed`: with both changing, a screen reader would say "Hide the code, pressed".
 */
export class CodeButton extends Widget {
  constructor(onClick: () => void) {
    super();
    this.addClass('pdk-CodeButton');
    this._button.type = 'button';
    this._button.textContent = 'Show the code';
    this._button.addEventListener('click', onClick);
    this.node.append(this._button);
    this.pressed = false;
  }

  set pressed(value: boolean) {
    this._button.setAttribute('aria-pressed', String(value));
  }

  private readonly _button = document.createElement('button');
}
