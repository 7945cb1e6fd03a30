import type { CodegenConfig } from '@graphql-codegen/cli';

/** Types for the documents written beside the components, from the committed schema alone. */
const config: CodegenConfig = {
  schema: '../api/schema.graphql',
  documents: ['src/**/*.{ts,tsx}', '!src/graphql/generated/**'],
  ignoreNoDocuments: true,
  generates: {
    'src/graphql/generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        documentMode: 'string',
        enumType: 'string-literal',
        importExtension: '.ts',
        scalars: {
          BigInt: 'string',
          DateTime: 'string',
          JSON: 'unknown',
          NodeRef: 'string',
        },
        strictScalars: true,
        useTypeImports: true,
      },
    },
  },
};

export default config;
