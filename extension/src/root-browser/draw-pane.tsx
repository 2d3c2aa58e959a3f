import * as React from 'react';
import { onThemeChange } from '../theme.ts';
import type { BrowserState } from './browser-state.ts';
import { describePicture, JsrootDrawing } from './jsroot-drawing.ts';
import type { Picture } from './read-picture.ts';
import { focusTree } from './tree-pane.tsx';

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** A picture by JSROOT; drawn anew when the theme changes, resized with its box. */
const Drawing = ({ picture }: { readonly picture: Picture }): React.JSX.Element => {
  const box = React.useRef<HTMLDivElement>(null);
  const [theme, setTheme] = React.useState(0);
  const [outcome, setOutcome] = React.useState<{ readonly picture: Picture; readonly failure?: string }>();

  React.useEffect(() => {
    const watch = onThemeChange(() => setTheme((count) => count + 1));
    return () => watch.dispose();
  }, []);

  React.useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const canvas = document.createElement('div');
    canvas.className = 'cyg-RootBrowser-canvas';
    element.replaceChildren(canvas);
    const drawing = new JsrootDrawing(canvas);
    let isCurrent = true;
    let isStarted = false;
    /** A hidden drawing has no size to be laid out in: it begins when it shows. */
    const fit = () => {
      if (isStarted) return drawing.resize();
      if (canvas.clientWidth === 0) return;
      isStarted = true;
      drawing.draw(picture).then(
        () => isCurrent && setOutcome({ picture }),
        (error: unknown) => isCurrent && setOutcome({ picture, failure: messageOf(error) }),
      );
    };
    let frame = 0;
    const observer = new ResizeObserver(() => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(fit);
    });
    observer.observe(canvas);
    return () => {
      isCurrent = false;
      cancelAnimationFrame(frame);
      observer.disconnect();
      drawing.dispose();
    };
  }, [picture, theme]);

  const failure = outcome?.picture === picture ? outcome.failure : undefined;
  const isDrawn = outcome?.picture === picture && failure === undefined;
  return (
    <>
      {failure !== undefined && <Message title={picture.name} text={`It was read, but cannot be drawn: ${failure}`} />}
      <div
        ref={box}
        className="cyg-RootBrowser-drawing"
        role="img"
        aria-label={describePicture(picture)}
        data-drawn={isDrawn ? picture.name : ''}
        hidden={failure !== undefined}
      />
    </>
  );
};

/** Something that went wrong, in words. */
export const Message = ({
  title,
  text,
  children,
}: {
  readonly title: string;
  readonly text: string;
  readonly children?: React.ReactNode;
}): React.JSX.Element => (
  <div className="cyg-RootBrowser-message" role="alert">
    <h3>{title}</h3>
    <p>{text}</p>
    {children}
  </div>
);

/** The right half: what is drawn, read or wrong. */
export const DrawPane = ({ state }: { readonly state: BrowserState }): React.JSX.Element => {
  const { view } = state;
  switch (view.kind) {
    case 'nothing':
      return (
        <div className="cyg-RootBrowser-hint">Click a branch to see its histogram, or an object to see it drawn.</div>
      );
    case 'reading':
      return (
        <div className="cyg-RootBrowser-hint" role="status">
          <p>Reading {view.name}…</p>
          <progress {...(view.done === undefined ? {} : { value: view.done })} aria-label={`Reading ${view.name}`} />
          <button
            type="button"
            className="jp-mod-styled jp-mod-minimal"
            onClick={(event) => {
              const browser = event.currentTarget.closest('.cyg-RootBrowser');
              state.cancel();
              focusTree(browser);
            }}
          >
            Cancel
          </button>
        </div>
      );
    case 'failed':
      return <Message title={view.name} text={view.message} />;
    case 'ready':
      return (
        <>
          <Drawing picture={view.picture} />
          <div className="cyg-RootBrowser-caption" role="status">
            {view.caption}
          </div>
        </>
      );
  }
};
