-- The ballots of a vote in the order in which they came, page by page.
CREATE INDEX ballots_by_time ON ballots (proposal_id, at, agent_id);

-- Until now nobody wrote down who lapsed: whoever has voted may have.
INSERT INTO lapses (group_id, agent_id)
SELECT DISTINCT p.group_id, b.agent_id FROM ballots b JOIN proposals p ON p.id = b.proposal_id WHERE p.voters > 0
ON CONFLICT (group_id, agent_id) DO NOTHING;
