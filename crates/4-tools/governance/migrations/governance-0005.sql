-- What a ballot may say where its method would take more: `one` mark, or for `dates` 2 (yes) and 1 (if need be).
ALTER TABLE questions ADD COLUMN shape TEXT NOT NULL DEFAULT '';

-- When a remark was last put in other words by whoever made it.
ALTER TABLE remarks ADD COLUMN edited BIGINT;

CREATE INDEX statements_by_review ON statements (review);
