/** Where displays go. The kernel sets it once; modules that users import find it here. */
export interface DisplaySink {
  publish(
    type: 'display_data' | 'update_display_data' | 'clear_output',
    content: Readonly<Record<string, unknown>>,
  ): void;
}

/** Takes what code prints and shows, in place of the code's cell. */
export interface OutputCapture {
  stream(name: 'stdout' | 'stderr', text: string): void;
  publish(...message: Parameters<DisplaySink['publish']>): void;
}

let current: DisplaySink | undefined;

export const setDisplaySink = (sink: DisplaySink): void => {
  current = sink;
};

/** @throws Error outside a kernel */
export const displaySink = (): DisplaySink => {
  if (current === undefined) throw new Error('There is no notebook to display in: this is not a Cygnet kernel.');
  return current;
};
