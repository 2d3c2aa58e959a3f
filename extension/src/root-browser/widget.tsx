import { ReactWidget, refreshIcon, UseSignal } from '@jupyterlab/ui-components';
import * as React from 'react';
import type { BrowserState } from './browser-state.ts';
import { DrawPane, Message } from './draw-pane.tsx';
import { sizeText } from './tree-model.ts';
import { focusTree, TreePane } from './tree-pane.tsx';

const Content = ({ state, name }: { readonly state: BrowserState; readonly name: string }): React.JSX.Element => {
  const { status } = state;
  const wasReopened = React.useRef<Element | null>(null);
  React.useEffect(() => {
    if (status.kind !== 'open') return;
    focusTree(wasReopened.current);
    wasReopened.current = null;
  }, [status.kind]);
  const reopen = (event: React.MouseEvent) => {
    wasReopened.current = event.currentTarget.closest('.cyg-RootBrowser');
    void state.open();
  };
  switch (status.kind) {
    case 'opening':
      return (
        <div className="cyg-RootBrowser-hint" role="status">
          Opening {name}…
        </div>
      );
    case 'failed':
      return (
        <Message title={`${name} cannot be opened`} text={status.message}>
          <button type="button" className="jp-mod-styled jp-mod-reject" onClick={reopen}>
            Try again
          </button>
        </Message>
      );
    case 'open':
      return (
        <>
          <div className="cyg-RootBrowser-side">
            <div className="cyg-RootBrowser-header">
              <span className="cyg-RootBrowser-file" title={name}>
                {name}
              </span>
              <span className="cyg-RootBrowser-detail">{sizeText(status.size)}</span>
              <button
                type="button"
                className="cyg-RootBrowser-reload"
                title="Read the file again"
                aria-label="Read the file again"
                onClick={reopen}
              >
                <refreshIcon.react tag="span" width="16px" />
              </button>
            </div>
            {state.rows.length === 0 ? (
              <div className="cyg-RootBrowser-hint">This file holds no objects.</div>
            ) : (
              <TreePane state={state} />
            )}
          </div>
          <div className="cyg-RootBrowser-view">
            <DrawPane state={state} />
          </div>
        </>
      );
  }
};

/** Content of a ROOT document: the file's tree on the left, a picture on the right. */
export class RootBrowser extends ReactWidget {
  readonly #state: BrowserState;
  readonly #name: () => string;

  /** `name` is asked for at every change: files are renamed while they are open. */
  constructor(state: BrowserState, name: () => string) {
    super();
    this.#state = state;
    this.#name = name;
    this.addClass('cyg-RootBrowser');
  }

  override render(): React.JSX.Element {
    const state = this.#state;
    return <UseSignal signal={state.changed}>{() => <Content state={state} name={this.#name()} />}</UseSignal>;
  }

  override dispose(): void {
    if (this.isDisposed) return;
    this.#state.dispose();
    super.dispose();
  }
}
