import { getIntrospectionQuery } from 'graphql';
import { document, nested, times, type Hostile } from './hostile';

const limit = 'LIMIT_EXCEEDED';
const list = '{ companies(first: 1) { nodes { models(first: 1) { nodes { key } } } } }';

/** Fragments each of which spreads the next twice, along a way that comes back to where it began. */
export const doubling = (count: number): string =>
  `{ companies { nodes { ...f0 } } } ${times(
    count,
    (index) =>
      `fragment f${index} on Company { a: models { nodes { developer { ...f${index + 1} } } } b: models { nodes { developer { ...f${index + 1} } } } }`,
  ).join(' ')} fragment f${count} on Company { key }`;

const introspection = getIntrospectionQuery({ descriptions: false });
const wholeSchema = introspection.slice(
  introspection.indexOf('{'),
  introspection.indexOf('fragment'),
);
const twice = `query ${wholeSchema.replace(/}\s*$/, '')} again: ${wholeSchema.trim().slice(1)} ${introspection.slice(introspection.indexOf('fragment'))}`;

/** Documents that are too large in some way, before anything is known of the schema. */
export const documents: readonly Hostile[] = [
  document('18 doubling fragments on a cyclic list', doubling(18), limit),
  document('4 doubling fragments', doubling(4), 'COST_EXCEEDED'),
  document(
    '12 fragments that spread the next one twice',
    `{ companies { nodes { ...f0 } } } ${times(12, (index) => `fragment f${index} on Company { ...f${index + 1} ... on Company { ...f${index + 1} } }`).join(' ')} fragment f12 on Company { key }`,
    limit,
  ),
  document('1,000 aliases', `{ ${times(1_000, (i) => `a${i}: __typename`).join(' ')} }`, limit),
  document(
    '31 aliases',
    `{ companies { nodes { ${times(31, (i) => `a${i}: key`).join(' ')} } } }`,
    limit,
  ),
  document(
    '752 KB of doubled fields',
    `{ companies { nodes { ${'name '.repeat(150_400)} } } }`,
    limit,
    undefined,
    413,
  ),
  document(
    '90 KB of doubled fields',
    `{ companies { nodes { ${'name '.repeat(18_000)} } } }`,
    limit,
  ),
  document('1,900 times one field', `{ companies { nodes { ${'name '.repeat(1_900)} } } }`, limit),
  document(
    'doubled fields at two levels',
    `{ companies { nodes { ${'models { nodes { name name name } } '.repeat(180)} } } }`,
    limit,
  ),
  document(
    '200 x 100 inline fragments',
    `{ companies { nodes { ${`... on Company { ${'... on Company { key } '.repeat(100)} } `.repeat(200)} } } }`,
    limit,
    undefined,
    413,
  ),
  document(
    '300 inline fragments',
    `{ companies { nodes { ${'... on Company { key } '.repeat(300)} } } }`,
    limit,
  ),
  document(
    '200 fragments of the same field',
    `{ companies { nodes { ${times(200, (i) => `...f${i}`).join(' ')} } } } ${times(200, (i) => `fragment f${i} on Company { key }`).join(' ')}`,
    limit,
  ),
  document(
    '5 MB in a literal',
    `{ company(key: "${'x'.repeat(5_000_000)}") { key } }`,
    limit,
    undefined,
    413,
  ),
  document('90 KB in a literal', `{ company(key: "${'x'.repeat(90_000)}") { key } }`, limit),
  document(
    '11 KB in a block string',
    `{ company(key: """${'x\\n'.repeat(4_000)}""") { key } }`,
    limit,
  ),
  document('a field with a name of 90 KB', `{ ${'x'.repeat(90_000)} }`, limit),
  document('5,000 levels', nested(5_000, '{ a ', '', '}'), limit),
  document('900 levels', `{ companies ${nested(900, '{ a ', '', '}')} }`, limit),
  document(
    '17 levels',
    `{ companies { ${nested(4, 'nodes { models { nodes { developer { models { ', 'totalCount', '} } } } }')} } }`,
    limit,
  ),
  document(
    '10,000 levels of a list',
    `{ companies(where: ${nested(10_000, '[', '', ']')}) { totalCount } }`,
    limit,
  ),
  document(
    '60 levels of a list',
    `{ companies(where: { and: ${nested(60, '[', '', ']')} }) { totalCount } }`,
    limit,
  ),
  document(
    '40 levels of not',
    `{ companies(where: ${nested(40, '{ not: ', '{ key: { eq: "a" } }', '}')}) { totalCount } }`,
    limit,
  ),
  document(
    '10,000 directives',
    `{ companies { totalCount ${'@skip(if: true) '.repeat(5_500)} } }`,
    limit,
  ),
  document(
    '21 directives',
    `{ companies { nodes { ${times(21, (i) => `a${i}: key @skip(if: true)`).join(' ')} } } }`,
    limit,
  ),
  document('1,000 operations', times(1_000, (i) => `query q${i} { __typename }`).join(' '), limit),
  document('11 operations', times(11, (i) => `query q${i} { __typename }`).join(' '), limit),
  document('11 root fields', `{ ${times(11, (i) => `a${i}: __typename`).join(' ')} }`, limit),
  document(
    '12 root fields through a fragment',
    `{ ...f ...f ...f ...f } fragment f on Query { __typename companies { totalCount } models { totalCount } }`,
    limit,
  ),
  document(
    'a fragment within itself',
    '{ companies { nodes { ...f } } } fragment f on Company { models { nodes { developer { ...f } } } }',
    'GRAPHQL_VALIDATION_FAILED',
  ),
  document(
    'fragments in a ring',
    '{ companies { nodes { ...a } } } fragment a on Company { ...b } fragment b on Company { ...c } fragment c on Company { ...a }',
    'GRAPHQL_VALIDATION_FAILED',
  ),
  document(
    'a ring that nobody spreads',
    `${list} fragment a on Company { ...b } fragment b on Company { ...a }`,
    'GRAPHQL_VALIDATION_FAILED',
  ),
  document(
    'large fragments that nobody spreads',
    `${list} ${times(3, (i) => `fragment u${i} on Company { ${'name '.repeat(600)} }`).join(' ')}`,
    limit,
  ),
  document(
    '251 items in a literal',
    `{ companies(where: { key: { in: [${times(251, (i) => `"${i}"`).join(' ')}] } }) { totalCount } }`,
    limit,
  ),
  document(
    '1,000 variables',
    `query (${times(1_000, (i) => `$v${i}: Int`).join(' ')}) { __typename }`,
    limit,
  ),
  document(
    '21 levels below __type',
    `{ __type(name: "Company") ${nested(21, '{ ofType ', '{ name }', '}')} }`,
    limit,
  ),
  document(
    'fields of types of fields of types',
    '{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }',
    'GRAPHQL_VALIDATION_FAILED',
  ),
  document('the whole schema twice', twice, 'COST_EXCEEDED'),
  document('tokens without end', `{ ${'! '.repeat(40_000)} }`, limit),
  document('an unknown field', '{ shadow }', 'GRAPHQL_VALIDATION_FAILED'),
  document(
    '300 unknown fields',
    `{ companies { nodes { ${times(300, (i) => `companny${i}`).join(' ')} } } }`,
    'GRAPHQL_VALIDATION_FAILED',
  ),
  document('a subscription', 'subscription { companies { totalCount } }', 'BAD_USER_INPUT'),
  document(
    'code in the name of a field',
    '{ companies { nodes { key`;DETACH } } }',
    'GRAPHQL_PARSE_FAILED',
  ),
  document(
    'a lone surrogate in the document',
    '{ company(key: "\ud800") { key } }',
    'GRAPHQL_PARSE_FAILED',
  ),
];
