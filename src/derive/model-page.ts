import type { Blueprint, Noun, PropertyDef, RelationDef, Step } from '../blueprint';

/** The model as a page of the docs: every noun and interface with its properties and relations. */
export function modelPage(blueprint: Blueprint): string {
  const nouns = [...blueprint.interfaces, ...blueprint.nouns];
  return `# The model

Emitted by \`npm run emit\`; not to be edited. What a property means, and what its values are, the schema says in more detail.

${nouns.map(section).join('\n')}`;
}

function section(noun: Noun): string {
  const above = noun.isInterface ? [] : noun.interfaces.filter((name) => name !== 'Node');
  const own = [...noun.relations.values()].filter((each) => each.owner === noun.name);
  return `## ${noun.name} ${noun.nameZh}

${noun.description}${noun.isInterface ? ' (Interface.)' : ''}${above.length ? ` Is: ${above.join(', ')}.` : ''}

${table(['property', 'kind', 'meaning'], [...noun.properties.values()].map(propertyRow))}
${own.length ? `\n${table(['relation', 'to', 'in the graph', 'meaning'], own.map(relationRow))}\n` : ''}`;
}

const propertyRow = ({ name, kind, enum: values, description }: PropertyDef): string[] => [
  `\`${name}\``,
  values ? `${kind === 'enums' ? 'list of ' : ''}${values.name}` : kind,
  description,
];

const relationRow = (relation: RelationDef): string[] => [
  `\`${relation.name}\`${relation.one ? '' : ' *'}`,
  relation.target.name,
  `\`${relation.steps.map(arrow).join('')}\``,
  `${relation.description}${relation.edge.length ? ` Bears: ${relation.edge.map((each) => each.name).join(', ')}.` : ''}`,
];

function arrow({ types, direction, upTo }: Step): string {
  const body = `[:${types.join(' or ')}${upTo ? `*0..${upTo}` : ''}]`;
  return direction === 'out' ? `-${body}->` : direction === 'in' ? `<-${body}-` : `-${body}-`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}
