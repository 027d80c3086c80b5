//! The corridor's own stories, told with one small tool: notes on a wall.

#[cfg(test)]
mod jobs;
#[cfg(test)]
mod receipts;
#[cfg(test)]
mod story;
#[cfg(test)]
mod wall;
