import graphql from '@graphql-eslint/eslint-plugin';

const schema = 'schema/schema.graphql';

/** The public contract, judged by foreign rules: Relay's, and those of a linter for schemas. */
export default [
  {
    files: [schema],
    languageOptions: { parser: graphql.parser, parserOptions: { graphQLConfig: { schema } } },
    plugins: { '@graphql-eslint': graphql },
    rules: {
      ...graphql.configs['flat/schema-relay'].rules,
      ...graphql.configs['flat/schema-recommended'].rules,
      // As Relay's specification has it: one direction will do (groups and search are walked forward),
      '@graphql-eslint/relay-arguments': ['error', { includeBoth: false }],
      // a node of an edge may be any object (a group has no id), and lists beside connections are not its business.
      '@graphql-eslint/relay-edge-types': [
        'error',
        { withEdgeSuffix: true, shouldImplementNode: false, listTypeCanWrapOnlyEdgeType: false },
      ],
      // An id belongs to what can be found again; connections, groups, values and pictures cannot.
      '@graphql-eslint/strict-id-in-types': 'off',
      // Every node has observations and statements, those two nouns as well.
      '@graphql-eslint/no-typename-prefix': 'off',
    },
  },
];
