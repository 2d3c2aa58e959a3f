/** What every cell finds declared besides JavaScript's and Node's own names. */
export const preludeText = `
import type { Display } from 'tslab';
declare global {
  /** Shows a value below the cell, as the last expression of a cell is shown; its methods show one representation. */
  var display: Display & ((value: unknown) => void) & {
    /** Empties the cell's output; with \`wait\`, only when the next output comes. */
    clear(wait?: boolean): void;
    /** Shows a value to its end, where the result of a cell is cut. */
    full(value: unknown): void;
  };
  /** Asks the person at the notebook for a line of text; \`password\` hides what is typed. */
  function input(prompt?: string, options?: { readonly password?: boolean }): Promise<string>;
}
`;
