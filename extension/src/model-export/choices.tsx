import type { ModelSummary } from '@cygnet/contract';
import { HTMLSelect } from '@jupyterlab/ui-components';
import * as React from 'react';
import type { ExportState } from './export-state.ts';

/** What the dialog calls the export formats. */
const targetLabel: { readonly [target: string]: string } = {
  onnx: 'ONNX (.onnx), preprocessing included',
  cpp: 'C++17 header (.hpp), nothing else needed',
  lwtnn: 'lwtnn (.json), for ATLAS',
  xgboost: 'XGBoost (.json), for old and new readers',
};

const modelText = ({ name, kind, engine, metrics, trainedAt }: ModelSummary): string => {
  const auc = metrics.validationAuc === undefined ? '' : `, validation AUC ${metrics.validationAuc.toFixed(4)}`;
  const at = new Date(trainedAt);
  return `${name}: ${kind} (${engine})${auc}${Number.isNaN(at.getTime()) ? '' : `, trained at ${at.toLocaleTimeString()}`}`;
};

/** The form of the dialog: which model, in which format, to which folder. */
export const Choices = ({ state }: { readonly state: ExportState }): React.JSX.Element => {
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
      {model.targets.length === 0 ? (
        <p className="cyg-ModelExport-problem" role="alert">
          No export format can express a {model.kind} yet.
        </p>
      ) : (
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
      )}
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
        {model.features.length === 1 ? '1 input' : `${model.features.length} inputs`}:{' '}
        {model.features.slice(0, 6).join(', ')}
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
