/** A node of a picture, as `graph` gives it. */
export interface FileNode {
  readonly id: string;
  readonly key: string;
  readonly type: string;
  readonly label: string;
  readonly labelZh: string | null;
  readonly degree: number;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly color: string;
  readonly group: number;
}

/** A line of a picture, as `graph` gives it. */
export interface FileEdge {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  readonly type: string;
  readonly label: string;
  readonly labelZh: string;
  readonly certainty: string | null;
  readonly count: number;
}

export interface Picture {
  readonly nodes: readonly FileNode[];
  readonly edges: readonly FileEdge[];
}

/** What a file is asked with. */
export const pictureQuery = `query Picture($seeds: [ID!]!, $depth: Int, $limit: Int, $fold: Boolean, $relations: [RelationType!], $types: [EntityType!], $datasets: [String!]) {
  graph(seeds: $seeds, depth: $depth, limit: $limit, fold: $fold, relations: $relations, types: $types, datasets: $datasets) {
    nodes { id key type label labelZh degree x y size color group }
    edges { id source target type label labelZh certainty count }
  }
}`;

/** Properties of nodes and lines that a file carries beside ends and ids, with their types in XML Schema's words. */
export const nodeColumns = {
  label: 'string',
  labelZh: 'string',
  type: 'string',
  key: 'string',
  degree: 'int',
  x: 'double',
  y: 'double',
  size: 'double',
  color: 'string',
  group: 'int',
} as const;
export const edgeColumns = {
  type: 'string',
  label: 'string',
  labelZh: 'string',
  certainty: 'string',
  count: 'int',
} as const;
