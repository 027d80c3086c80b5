# Chat of groups.

chat-room = Chat
chat-room-about = Talk about this and that, at once or later.
chat-title = Chat
chat-lead = Where your groups talk, and what you have not read yet.
chat-quiet = Nobody has said anything yet
chat-quiet-text = Every group you belong to has a chat. Open a group and say hello.
chat-unread = { $count } new
chat-named = names you { $count ->
    [one] once
   *[other] { $count } times
 }
chat-sealed = This group is private
chat-sealed-text = Only the devices of its members may read what is said, and this computer could read a chat. Use a private conversation instead.
chat-whole = Back to the whole channel
chat-none = Nothing here yet
chat-none-text = Say hello, and the others will find it here.
chat-older = Earlier messages
chat-newer = Later messages
chat-newest = The newest
chat-messages = Messages
chat-channels = Channels
chat-readers = Those in the group talk here; you are reading along.
chat-mark-read = I have read all this
chat-pinned = Pinned
chat-saved = Saved by you
chat-search = Search the chat
chat-search-hint = Words that stand in a message. from:rosa, in:general and before:2026-11-27 narrow it down.
chat-found-none = Nothing was found
chat-go = Go there
chat-besides = More of this chat
chat-open = Open a channel
chat-open-name = A new channel: what is it about, in a word or two?
chat-opened = The channel is open.
chat-say = Say something in #{ $channel }
chat-answer = Answer
chat-send = Send
chat-sent = Sent.
chat-changed = Done.
chat-kept = Saved for you.
chat-commands = What you can do from here
chat-new = New since you were here
chat-bot = Program
chat-edited = mended
chat-gone = This message was removed.
chat-in-thread = Part of a conversation
chat-replies = { $count ->
    [one] 1 answer
   *[other] { $count } answers
 }
chat-more = What you can do with this message
chat-reply = Answer
chat-pin = Pin for all
chat-unpin = Take the pin out
chat-save = Save for me
chat-delete = Remove
chat-edit = Mend
chat-hooks = Programs
chat-hooks-lead = A program that knows a secret address can write into a channel: a build, a sensor, a calendar. What it says is marked as a program's.
chat-hooks-none = No program writes here
chat-hooks-none-text = Make an address below and give it to the program. It works with whatever can write to Mattermost or Slack.
chat-hook-new = Make an address
chat-hook-name = What is the program called?
chat-hook-channel = Into which channel?
chat-hook-made = The address is ready
chat-hook-once = It is shown this once. Whoever knows it can write here, until you close it.
chat-hook-revoke = Close for ever
chat-hook-revoked = That address opens nothing any more.
chat-turn = Make something of it
chat-turn-lead = The words are filled in. Nothing is sent before you say so.
chat-brought = brought along
chat-not-mine = This was not me
chat-history = Bring your history
chat-history-lead = What your group said in Mattermost or Slack before can go on here: channels, conversations and signs, in their order and with their times.
chat-history-none = Nothing was brought along yet
chat-history-none-text = You look at a preview first; nothing is written before you say so. What is brought along twice is here once.
chat-history-channels = Channels that came along
chat-history-count = { $count ->
    [one] 1 message
   *[other] { $count } messages
 }
chat-history-people = Who is who
chat-history-people-text = Nobody is guessed. Say which member somebody is, and what they said there is theirs here; until then their name stands with it.
chat-history-person = Somebody of there
chat-history-who = Which member of the group is that? Write the handle, such as rosa.
chat-history-match = That is who it is
chat-history-is = This is { $name }.
chat-history-undo = No, it is not
chat-history-matched = Kept.
chat-history-how = How to bring it along
chat-history-export = Have an export made: in Mattermost with mmctl export create, in Slack under Settings, Import and export data. Exports are large, so they are read on your computer, by the command line of PLANET.
chat-history-login = Sign the command line in, once:
chat-history-preview = Look at what would come. For Slack write slack in place of mattermost.
chat-history-apply = Bring it in. If it is interrupted, do the same again: it goes on where it stopped.
chat-history-restricted = Everybody in this group will read it, also what came from channels for the invited.
chat-history-open = Anybody may read this group, without signing in. Channels for the invited are not brought into it.
chat-history-limits = Messages between two or a few stay where they are. Files are named, and do not come along.
