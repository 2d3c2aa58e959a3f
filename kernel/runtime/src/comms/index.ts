/** Conversations with front ends, and what the Export button asks for. Imports the contract. */
export { Comm, CommRegistry, type CommMessage, type CommTarget, type OutgoingComm, type SendOptions } from './comms.ts';
export { serveModelExport, SessionModels } from './model-export.ts';
