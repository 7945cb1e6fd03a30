import { graphql } from '@/graphql/generated/index.ts';

graphql(`
  fragment ImportFields on Import {
    kept { field how derived }
    leftOut { field count reason understood }
  }
`);

graphql(`
  fragment ImportWhole on Import {
    id format fileName digest bytes status error alreadyImported recordedAt
    importedBy { name }
    evalRuns { ref label }
    models {
      name
      recordedAs { ref label }
      alias { id confirmedBy { name } modelVersion { ref label } }
      candidates { id ref label }
    }
    datasets { ...StatedDatasetFacts }
    rulesToPropose { evaluation scorer key values { value count } }
    incidents { id ref key title }
    truncations { field shown total }
    ...ImportFields
    warnings
    isToldInFull
    progress { bytesRead lines added held refused }
  }
`);

export const IMPORT = graphql(`
  query ImportPage($id: ID!) {
    import(id: $id) { ...ImportWhole }
  }
`);
