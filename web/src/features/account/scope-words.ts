/** What each scope lets a tool do, in the order in which they are offered. */
export const SCOPES: ReadonlyArray<{ scope: string; meaning: string }> = [
  { scope: 'read', meaning: 'Read what the account may see.' },
  { scope: 'write:incidents', meaning: 'File incidents, add evidence, hypotheses and interventions.' },
  {
    scope: 'write:lineage',
    meaning: 'Register sources, dataset versions and model versions, and assert lineage.',
  },
  { scope: 'write:evals', meaning: 'Register evaluations and graders, record and import eval runs.' },
  { scope: 'audit', meaning: 'For audits, which are not there yet.' },
  { scope: 'admin', meaning: 'Manage people, teams and service accounts.' },
];

/** What each role may do at most: the same table that the API refuses by, told to whoever chooses. */
export const ROLES: ReadonlyArray<{ role: string; meaning: string; scopes: readonly string[] }> = [
  { role: 'VIEWER', meaning: 'reads', scopes: ['read'] },
  {
    role: 'REPORTER',
    meaning: 'reads, and records incidents, lineage and evaluations',
    scopes: ['read', 'write:incidents', 'write:lineage', 'write:evals'],
  },
  {
    role: 'INVESTIGATOR',
    meaning: 'the same, and leads investigations',
    scopes: ['read', 'write:incidents', 'write:lineage', 'write:evals'],
  },
  { role: 'AUDITOR', meaning: 'reads everything', scopes: ['read', 'audit'] },
  {
    role: 'ADMINISTRATOR',
    meaning: 'everything',
    scopes: ['read', 'write:incidents', 'write:lineage', 'write:evals', 'audit', 'admin'],
  },
];
