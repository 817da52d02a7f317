/** A node named by a verb: where the schema wants a node, the engine reads what was selected of it. */
export class NodeRef {
  constructor(
    readonly type: string,
    readonly key: string,
  ) {}
}
