-- Who may read what is in a group; members have none. Groups that were made before are read by their members.
ALTER TABLE agents ADD COLUMN visibility TEXT CHECK (visibility IN ('open', 'restricted', 'private'));
UPDATE agents SET visibility = 'restricted' WHERE kind = 'group';
