//! The stories of the chat, on both engines.

#[cfg(test)]
mod history;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod matrix;
#[cfg(test)]
mod statements;
#[cfg(test)]
mod story;
