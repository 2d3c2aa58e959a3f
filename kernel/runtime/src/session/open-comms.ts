import type { CommMessageType } from '../thread-messages.ts';
import type { JsonObject } from '../wire/index.ts';

/** Which comms are open, for clients that connect later. */
export class OpenComms {
  readonly #targets = new Map<string, string>();

  note(type: CommMessageType, content: JsonObject): void {
    const id = String(content.comm_id);
    if (type === 'comm_open') this.#targets.set(id, String(content.target_name));
    else if (type === 'comm_close') this.#targets.delete(id);
  }

  reply({ target_name: wanted }: JsonObject): JsonObject {
    const open = [...this.#targets].filter(([, target]) => typeof wanted !== 'string' || wanted === target);
    return { status: 'ok', comms: Object.fromEntries(open.map(([id, target]) => [id, { target_name: target }])) };
  }
}
