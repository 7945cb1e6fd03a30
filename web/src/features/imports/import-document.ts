import { graphql } from '@/graphql/generated/index.ts';

graphql(`
  fragment ImportWhole on Import {
    id format fileName digest bytes status error recordedAt
    importedBy { name }
    evalRun { ref label }
    incidents { id ref key title }
    truncations { field shown total }
    kept { field how }
    leftOut { field count reason }
    warnings
    progress { bytesRead lines added held refused }
  }
`);

export const IMPORT = graphql(`
  query ImportPage($id: ID!) {
    import(id: $id) { ...ImportWhole }
  }
`);
