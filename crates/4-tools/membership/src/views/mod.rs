//! What can be seen at the front door: one read model per screen.
