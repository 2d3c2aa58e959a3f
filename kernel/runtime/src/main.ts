/** The user's thread: streams, displays, comms and runner, with the I/O thread at the other end. */
import { fileURLToPath } from 'node:url';
import { CommRegistry, serveModelExport, SessionModels } from './comms/index.ts';
import { errorReport, setDisplaySink, TrainingDisplay, tslabModuleUrl } from './display/index.ts';
import {
  CellPositions,
  flagValues,
  installModuleHooks,
  installStackTraces,
  Interruption,
  Runner,
} from './engine/index.ts';
import { LastWords } from './life/index.ts';
import { InFlight, PrintedText } from './printed-text.ts';
import { installPrelude } from './prelude.ts';
import type { FromUserThread, IoThreadData, ToUserThread } from './thread-messages.ts';
import { guardProcess, Output, StandardInput, UserThread } from './user-thread/index.ts';
import { setWidgetSession, WidgetSession } from './widgets/widget-session.ts';

/** Frames of the kernel and of the library's own files, all under one folder, are not shown to users. */
const kernelFolder = fileURLToPath(new URL('../..', import.meta.url));

/** Wires the user's thread up and gives what takes the I/O thread's messages. */
export const startUserThread = (
  { connectionFile, workingFolder: folder, interruptFlag, printed, inFlight }: IoThreadData,
  send: (message: FromUserThread) => void,
): ((message: ToUserThread) => void) => {
  const interruption = new Interruption(interruptFlag);
  const isInterrupted = (): boolean => interruption.flag[0] === flagValues.stop;
  const departures = new InFlight(inFlight);
  const deliver = (message: FromUserThread): void => {
    send(message);
    departures.sent(isInterrupted);
  };

  const output = new Output(deliver, new PrintedText(printed), isInterrupted);
  const post = (message: FromUserThread): void => output.send(message);
  const input = new StandardInput(post, output);
  const positions = new CellPositions();
  const comms = new CommRegistry((message) => post({ kind: 'comm', parent: output.parent, ...message }));
  const models = new SessionModels();
  const runner = new Runner({ folder, interruption, positions });
  const widgets = new WidgetSession({
    comms,
    capture: (into, code) => output.capture(into, code),
    report: (error) => userThread.reportUncaught(error),
    describe: (error) => errorReport(error, kernelFolder),
  });
  const userThread = new UserThread({ post, output, input, runner, interruption, comms, widgets, kernelFolder });

  new LastWords(connectionFile).listen();
  setDisplaySink(output);
  setWidgetSession(widgets);
  output.captureProcessStreams();
  installStackTraces(positions);
  installModuleHooks({ provided: { tslab: tslabModuleUrl }, fallbackUrl: import.meta.url });
  installPrelude({ trainings: new TrainingDisplay({ sink: output }), models, interruption, comms, input: input.ask });
  serveModelExport(comms, models);
  guardProcess({
    onUncaught: (error) => userThread.reportUncaught(error),
    onWarning: ({ name, message }) => output.stream('stderr', `${name}: ${message}\n`),
    onInterrupt: () => post({ kind: 'interrupt-me' }),
  });
  return (message) => {
    userThread.handle(message).catch((error: unknown) => userThread.reportUncaught(error));
  };
};
