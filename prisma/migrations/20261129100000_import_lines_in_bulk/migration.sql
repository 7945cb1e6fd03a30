-- A file of many lines is each sender's own: what it refers to, and what of it is refused, depends on what they see.
drop index import_digest_key;
create unique index import_digest_key on import (team_id, digest)
  where status <> 'FAILED' and format !~ '^(lineage|documents)-';
create unique index import_lines_key on import (team_id, actor_id, digest)
  where status <> 'FAILED' and format ~ '^(lineage|documents)-';
