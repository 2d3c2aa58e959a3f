/** What each Jupyter message means: handlers, execution queue, history. Speaks through wire, knows no user code. */
export { HistoryFile, historyFilePath } from './history-file.ts';
export { Session, type SessionServices } from './session.ts';
