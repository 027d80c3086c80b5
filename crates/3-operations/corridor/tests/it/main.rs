//! The corridor's own stories, told with one small tool: notes on a wall.

mod story;
mod wall;
