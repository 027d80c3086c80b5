//! The tests of this room. What the rule does is told in the stories of the tools that ask it.

mod statements;
