import { ReactWidget, UseSignal } from '@jupyterlab/ui-components';
import * as React from 'react';
import { Choices } from './choices.tsx';
import type { ExportState } from './export-state.ts';
import { Result } from './result.tsx';

const waitingText = (state: ExportState, text: string): string =>
  state.kernel === 'busy' ? `${text} The kernel is busy; waiting…` : text;

interface BodyProps {
  readonly state: ExportState;
  readonly onOpen: (path: string) => void;
}

const Stage = ({ state, onOpen }: BodyProps): React.JSX.Element => {
  const { stage } = state;
  switch (stage.kind) {
    case 'asking':
      return <p role="status">{waitingText(state, 'Asking the kernel for its models…')}</p>;
    case 'choosing':
      return <Choices state={state} />;
    case 'exporting':
      return (
        <div role="status">
          <p>{waitingText(state, `Exporting: ${stage.message}.`)}</p>
          <progress aria-label="Exporting" />
        </div>
      );
    case 'exported':
      return <Result exported={stage.exported} state={state} onOpen={onOpen} />;
    case 'failed':
      return (
        <div>
          <p className="cyg-ModelExport-problem" role="alert">
            {stage.message}
          </p>
          {state.models.length > 0 && (
            <button type="button" className="jp-mod-styled jp-mod-reject" onClick={() => state.back()}>
              Back
            </button>
          )}
        </div>
      );
  }
};

/** The focus stays in the dialog when the form that had it makes room for a result, so that Escape and Tab go on working. */
const Body = (props: BodyProps): React.JSX.Element => {
  const box = React.useRef<HTMLDivElement>(null);
  const { kind } = props.state.stage;
  React.useEffect(() => {
    if (document.activeElement === null || document.activeElement === document.body) box.current?.focus();
  }, [kind]);
  return (
    <div ref={box} className="cyg-ModelExport-stage" tabIndex={-1}>
      <Stage {...props} />
    </div>
  );
};

/** Body of the export dialog. */
export class ModelExportBody extends ReactWidget {
  readonly #state: ExportState;
  readonly #onOpen: (path: string) => void;

  constructor(state: ExportState, onOpen: (path: string) => void) {
    super();
    this.#state = state;
    this.#onOpen = onOpen;
    this.addClass('cyg-ModelExport');
  }

  override render(): React.JSX.Element {
    return (
      <UseSignal signal={this.#state.changed}>{() => <Body state={this.#state} onOpen={this.#onOpen} />}</UseSignal>
    );
  }
}
