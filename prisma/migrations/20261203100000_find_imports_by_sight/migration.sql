-- The same bytes are one import for whoever sees it. Who does not see a colleague's makes one of their own, as if that
-- were not there: a key of the team's would tell them of it (decision 27). One's own is always seen. That two who would
-- see each other's make one is not for an index to say, since sight is none of its columns: a team's imports write one
-- after another, and each looks again in its turn.
drop index import_digest_key;
create unique index import_digest_key on import (team_id, actor_id, digest)
  where status <> 'FAILED' and format !~ '^(lineage|documents)-';
