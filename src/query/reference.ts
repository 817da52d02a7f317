/** A node named by a verb: where the schema wants a node, the engine reads what was selected of it. */
export class NodeRef {
  constructor(
    readonly type: string,
    readonly key: string,
    /** Fields that the verb has read already: where no more is selected, the node is not read again. */
    readonly known: Readonly<Record<string, unknown>> = {},
  ) {}
}
