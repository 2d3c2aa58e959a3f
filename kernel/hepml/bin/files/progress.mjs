/** One line on a terminal that tells how far the work is; nothing where output goes to a file. */
export function progressLine(stream) {
  const isShown = stream?.isTTY === true;
  const start = Date.now();
  let last = 0;
  return {
    show(rows, total) {
      const now = Date.now();
      if (!isShown || now - last < 100) return;
      last = now;
      const share = total ? ` of ${total.toLocaleString('en-US')} (${Math.floor((100 * rows) / total)} %)` : '';
      const speed = Math.round(rows / Math.max(0.001, (now - start) / 1000)).toLocaleString('en-US');
      stream.write(`\r\x1b[K${rows.toLocaleString('en-US')}${share} rows, ${speed} a second`);
    },
    end() {
      if (isShown) stream.write('\r\x1b[K');
    },
  };
}
