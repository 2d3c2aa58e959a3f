/** How far a loop has come. */
export interface ProgressState {
  readonly label: string;
  readonly done: number;
  /** Undefined when nobody knows. */
  readonly total: number | undefined;
  readonly elapsedSeconds: number;
  /** Rounds a second of late; undefined before anything can be said. */
  readonly rate: number | undefined;
}

const barCells = 20;

/** `3.2 s`, `4:05`, `1:02:03`. */
export const durationText = (seconds: number): string => {
  if (seconds < 60) return `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`;
  const whole = Math.round(seconds);
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
};

/** `1,234/s`, `0.12/s`. */
const rateText = (rate: number): string =>
  `${rate >= 100 ? Math.round(rate).toLocaleString('en') : rate.toPrecision(2)}/s`;

const countText = (count: number): string => count.toLocaleString('en');

const counted = ({ done, total }: ProgressState): string =>
  total === undefined ? countText(done) : `${countText(done)} of ${countText(total)}`;

/** While it runs: `37 of 100, 12/s, 5.2 s left`. */
export const runningText = (state: ProgressState): string => {
  const { done, total, rate, elapsedSeconds } = state;
  const parts = [counted(state)];
  if (rate !== undefined && rate > 0) {
    parts.push(rateText(rate));
    if (total !== undefined) parts.push(`${durationText(Math.max(0, total - done) / rate)} left`);
  } else parts.push(durationText(elapsedSeconds));
  return parts.join(', ');
};

/** What stays in the notebook: `label ████ 100 of 100 in 3.2 s, 31/s`. */
export const finalText = (state: ProgressState, isWhole: boolean): string => {
  const { label, done, total, elapsedSeconds } = state;
  const filled = total === undefined ? 0 : Math.round((barCells * Math.min(done, total)) / Math.max(total, 1));
  const bar = total === undefined ? '' : `${'█'.repeat(filled)}${'░'.repeat(barCells - filled)}`;
  const rate = done > 0 && elapsedSeconds > 0 ? `, ${rateText(done / elapsedSeconds)}` : '';
  const count = isWhole ? counted(state) : `stopped at ${counted(state)}`;
  return [label, bar, `${count} in ${durationText(elapsedSeconds)}${rate}`].filter((part) => part !== '').join(' ');
};
