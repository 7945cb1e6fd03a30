-- A citation that is asked for by itself is seen as what cites it is (decision 72): by these it is found.
do $$
declare t text;
begin
  foreach t in array array['node', 'composition', 'claim', 'alias', 'dispute', 'content_measurement', 'measurement', 'score',
    'reported_result', 'evaluation_version', 'grader_version', 'standard_version', 'standard_approval', 'evidence',
    'hypothesis', 'intervention', 'evidence_item', 'assessment', 'edge'] loop
    execute format('create index %I on %I (citation_id) where citation_id is not null', t || '_of_citation', t);
  end loop;
end $$;
