import type { ExportedModel } from '@cygnet/contract';
import * as React from 'react';
import type { ExportState } from './export-state.ts';

const number = (value: number): string =>
  value === 0 ? '0' : Math.abs(value) < 1e-3 ? value.toExponential(1) : value.toPrecision(4);

/** What was exported, how it compared, and its files. */
export const Result = ({
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
