import type { ExportedModel, ModelSummary } from '@cygnet/contract';
import { HTMLSelect, ReactWidget, UseSignal } from '@jupyterlab/ui-components';
import * as React from 'react';
import type { ExportState } from './export-state.ts';

/** What the dialog calls the export formats. */
const targetLabel: { readonly [target: string]: string } = { onnx: 'ONNX (.onnx), preprocessing included' };

const number = (value: number): string =>
  value === 0 ? '0' : Math.abs(value) < 1e-3 ? value.toExponential(1) : value.toPrecision(4);

const modelText = ({ name, kind, engine, metrics, trainedAt }: ModelSummary): string => {
  const auc = metrics.validationAuc === undefined ? '' : `, validation AUC ${metrics.validationAuc.toFixed(4)}`;
  const at = new Date(trainedAt);
  return `${name}: ${kind} (${engine})${auc}${Number.isNaN(at.getTime()) ? '' : `, trained at ${at.toLocaleTimeString()}`}`;
};

const Choices = ({ state }: { readonly state: ExportState }): React.JSX.Element => {
  const { models, model, folderProblem } = state;
  const id = React.useId();
  if (!model)
    return (
      <div className="cyg-ModelExport-empty">
        <p>This session has no trained model yet.</p>
        <p>Run the cell that trains one, for example:</p>
        <pre>const model = await train(models.boostedTrees(), table);</pre>
      </div>
    );
  return (
    <form
      className="cyg-ModelExport-form"
      onSubmit={(event) => {
        event.preventDefault();
        void state.exportNow();
      }}
    >
      <label htmlFor={`${id}-model`}>Model</label>
      <HTMLSelect
        id={`${id}-model`}

        autoFocus
        value={model.id}
        onChange={(event) => state.chooseModel(event.target.value)}
      >
        {models.map((each) => (
          <option key={each.id} value={each.id}>
            {modelText(each)}
          </option>
        ))}
      </HTMLSelect>
      <label htmlFor={`${id}-target`}>Format</label>
      <HTMLSelect
        id={`${id}-target`}

        value={state.target}
        onChange={(event) => state.chooseTarget(event.target.value)}
      >
        {model.targets.map((target) => (
          <option key={target} value={target}>
            {targetLabel[target] ?? target}
          </option>
        ))}
      </HTMLSelect>
      <label htmlFor={`${id}-folder`}>Folder</label>
      <input
        id={`${id}-folder`}
        className="jp-mod-styled"
        value={state.folder}
        spellCheck={false}
        aria-invalid={folderProblem !== undefined}
        aria-describedby={`${id}-problem`}
        onChange={(event) => state.chooseFolder(event.target.value)}
      />
      <div id={`${id}-problem`} className="cyg-ModelExport-problem" role="alert">
        {folderProblem}
      </div>
      <p className="cyg-ModelExport-note">
        {model.features.length} inputs: {model.features.slice(0, 6).join(', ')}
        {model.features.length > 6 ? ' and more' : ''}. The exported file is run on the same events as the model and
        compared before it is kept.
      </p>
      <button
        type="submit"
        className="jp-mod-styled jp-mod-accept"
        disabled={folderProblem !== undefined || state.target === ''}
      >
        Export
      </button>
    </form>
  );
};

const Result = ({
  exported,
  state,
  onOpen,
}: {
  readonly exported: ExportedModel;
  readonly state: ExportState;
  readonly onOpen: (path: string) => void;
}): React.JSX.Element => {
  const { verification } = exported;
  return (
    <div className="cyg-ModelExport-result" data-passed={verification.passed}>
      <p role="status">
        {verification.passed
          ? 'Exported and verified.'
          : 'Exported, but the verification failed: do not use this file.'}
      </p>
      <table>
        <tbody>
          <tr>
            <th scope="row">Verified with</th>
            <td>{verification.tool}</td>
          </tr>
          <tr>
            <th scope="row">Events</th>
            <td>{verification.events}</td>
          </tr>
          <tr>
            <th scope="row">Largest score difference</th>
            <td>{number(verification.maxAbsoluteDifference)}</td>
          </tr>
          <tr>
            <th scope="row">Tolerance</th>
            <td>{number(verification.tolerance)}</td>
          </tr>
          <tr>
            <th scope="row">Result</th>
            <td className={verification.passed ? 'cyg-mod-passed' : 'cyg-mod-failed'}>
              {verification.passed ? '✓ passed' : '✗ failed'}
            </td>
          </tr>
        </tbody>
      </table>
      <p>Files in the file browser:</p>
      <ul>
        {exported.files.map((file) => (
          <li key={file}>
            <a
              href="#"
              onClick={(event) => {
                event.preventDefault();
                onOpen(file);
              }}
            >
              {file}
            </a>
          </li>
        ))}
      </ul>
      <button type="button" className="jp-mod-styled jp-mod-reject" onClick={() => state.back()}>
        Export another
      </button>
    </div>
  );
};

const waitingText = (state: ExportState, text: string): string =>
  state.kernel === 'busy' ? `${text} The kernel is busy; waiting…` : text;

const Body = ({
  state,
  onOpen,
}: {
  readonly state: ExportState;
  readonly onOpen: (path: string) => void;
}): React.JSX.Element => {
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
