//! What the kit promises of its look, checked against the styles themselves. Not a test of pages: browsers do that.

#[cfg(test)]
mod contrast;
