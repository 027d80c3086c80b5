//! What somebody can do wrong in a chat, in words for whoever did it.

use crate::checks::{MAX_NAME, MAX_SIGNS, MAX_TEXT};
use planet_corridor::refusal::RefusalKind;

/// Declares the errors with their code, kind and field, so that each is said once.
macro_rules! errors {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $kind:ident $(, $field:literal)? => $sentence:literal;)+) => {
        /// Why something in a chat is refused.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
        pub enum ChatError {
            $($(#[$doc])* #[error($sentence)] $name,)+
        }

        impl ChatError {
            /// A stable word for programs.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }

            /// What kind of answer it is.
            pub const fn kind(self) -> RefusalKind {
                match self { $(Self::$name => RefusalKind::$kind,)+ }
            }

            /// The form field that is wrong.
            pub const fn field(self) -> Option<&'static str> {
                let fields: &[&'static str] = match self { $(Self::$name => &[$($field)?],)+ };
                match fields { [field, ..] => Some(*field), [] => None }
            }
        }
    };
}

errors! {
    /// No such channel, or not for this reader.
    ChannelUnknown = "channel_unknown", NotFound => "There is no such channel. It may be for the members of a group.";
    /// No such message.
    MessageUnknown = "message_unknown", Input, "seq" => "There is no such message.";
    /// A message that was removed.
    MessageGone = "message_gone", Conflict => "This message was removed in the meantime.";
    /// A private group.
    Sealed = "sealed", NotAllowed => "This group is private: only the devices of its members may read what is said, so there is no chat that this computer could read. Use a private conversation.";
    /// Nothing was written.
    TextMissing = "text_missing", Input, "text" => "Write something first.";
    /// More than fits.
    TextTooLong = "text_too_long", Input, "text" => "Please keep a message to {MAX_TEXT} characters. For more, write a post.";
    /// Lists within lists, beyond reading.
    NestedTooDeep = "nested_too_deep", Input, "text" => "Please put fewer lists or quotes within each other.";
    /// A sign that is no emoji.
    SignWrong = "sign_wrong", Input, "sign" => "Choose one emoji.";
    /// Too many different signs.
    TooManySigns = "too_many_signs", Conflict, "sign" => "A message has {MAX_SIGNS} different emoji at the most. Choose one that is there.";
    /// A channel without a name.
    NameWrong = "name_wrong", Input, "name" => "Give it a short name of letters, digits and hyphens, up to {MAX_NAME} characters.";
    /// Twice the same.
    NameTaken = "name_taken", Conflict, "name" => "There is one of this name already.";
    /// More channels or webhooks than anybody finds their way in.
    TooMany = "too_many", Conflict => "There are as many here as there can be. Remove one first.";
    /// A slash and a word that nobody knows.
    CommandUnknown = "command_unknown", Input, "text" => "There is no such command. Write / alone to see what there is, or begin with // to say it as it stands.";
    /// A private channel of elsewhere, into a group that anybody reads.
    ClosedIntoOpen = "closed_into_open", NotAllowed => "Only those who were invited could read this channel, and anybody can read this group. Bring it into a group that only its members read.";
    /// Pieces of a channel that are not all there.
    PiecesMissing = "pieces_missing", Conflict => "Not all of this channel has arrived. Please send its pieces again from the first.";
    /// What no reader of exports makes.
    HistoryWrong = "history_wrong", Input => "This is not what an export of a chat holds. Please bring it along with the command planet import.";
    /// Somebody who was not named.
    PersonUnknown = "person_unknown", NotFound => "There is nobody like that among those who were brought along.";
    /// Somebody who is not in the group.
    NotInGroup = "not_in_group", Input, "member" => "There is nobody of that handle in this group.";
    /// A webhook whose secret is wrong, or that was revoked.
    HookUnknown = "hook_unknown", NotFound => "There is no such webhook. It may have been revoked.";
    /// A webhook that says too much.
    HookTooOften = "too_often", Conflict => "This webhook says too much at once. Please wait a minute.";
}

planet_corridor::refuses!(ChatError);
