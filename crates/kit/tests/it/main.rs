//! What the kit promises: its look, checked against the styles themselves, and live updates. Not a test of pages: browsers do that.

#[cfg(test)]
mod contrast;
#[cfg(test)]
mod live;
