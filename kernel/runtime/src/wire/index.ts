/**
 * Jupyter messages on ZeroMQ: frames, signatures, sockets, heartbeat. Knows no message's meaning.
 * The only room that imports zeromq.
 */
export { readConnection, type Connection } from './connection.ts';
export { jupyterProtocolVersion, type Header, type JsonObject, type Message, type OutgoingMessage } from './message.ts';
export { openWire, type Channel, type RequestChannel, type Wire } from './sockets.ts';
