# The node's own pages.

node-rules = Our rules
node-rules-lead = What may be done here, by whom, and how it is decided. Members can change these rules together.
node-permits = Allowed
node-forbids = Not allowed
node-as-written = As it is written
node-words-lead = One word for each idea. These are the words of this club, and what we mean by them.
node-about-lead = Everything about how this club works is open to everybody.
node-about-words = What we mean by account, circle, consent and the rest.
node-about-assumptions = The ideas about people and the world that our rules rest on.
node-about-rules = Who may do what, and how it is decided.
node-checkpoint = Checkpoint of the record
node-about-checkpoint = Keep a copy, and nobody can rewrite the past without you noticing.
node-licences = What this is made of
node-about-licences = Free software and open data, with their licences.
node-licences-lead = PLANET is free software under AGPL-3.0-or-later. In the browser it uses these packages.
