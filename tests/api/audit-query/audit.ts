// The audit query of the public contract, letter by letter.
export const AUDIT = `query FromBehaviourToData($key: String!) {
  incident(key: $key) {
    key title severity status
    measurements { rate sampleCount interval { lower upper method } grader { name version } condition { name } }
    modelVersions {
      label
      trainingRuns { stage objective inputs { datasetVersion { label } share tokens } }
      exposure(by: SOURCE) { stages { stage unaccounted shares { source { label } share tokens } } }
    }
    lineage { nodes { kind label ref } edges { kind share upstream { ref } downstream { ref } } truncated { reason } }
    hypotheses { statement status evidence { direction method } assessments { confidence by { name } } }
  }
}`;
