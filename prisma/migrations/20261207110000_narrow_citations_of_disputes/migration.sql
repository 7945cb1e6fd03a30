-- Where a dispute was read stayed as wide as it was when what is disputed was narrowed, or put under an embargo. None is
-- opened here. Visibilities are ordered from the widest to the narrowest.
update citation c set visibility = greatest(c.visibility, d.visibility), audience_id = d.audience_id
from dispute d
where d.citation_id = c.id and (c.visibility < d.visibility or c.visibility = d.visibility
  and c.visibility <= 'MEMBERS' and c.audience_id is null and d.audience_id is not null);
