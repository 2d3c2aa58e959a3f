/** Version of everything that kernel and extension say to each other over comms. A change of meaning raises it. */
export const protocolVersion = 1;
