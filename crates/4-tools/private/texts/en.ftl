# Private conversations.

private-title = Messages
private-lead = What you and others write to each other here can be read in your browsers and nowhere else.
private-none = Write to somebody
private-none-text = Messages are locked in your browser and opened in theirs. The club hands them on and cannot read them.
private-new = New conversation
private-with = With whom?
private-with-hint = A name or a @handle.
private-with-too = And with whom else?
private-several = With several people
private-begin = Begin
private-begun = Write the first message.
private-alone = Nobody else
private-unread = { $count } new
private-classes = Who can read what in this club
private-class-open = Open
private-class-open-text = Open groups and public posts: anybody may read them, also outside of the club.
private-class-restricted = Restricted
private-class-restricted-text = Chats of groups and posts for some: those people read them. Whoever runs this computer could, too.
private-class-private = Private
private-class-private-text = Messages, and the conversations of private groups: only the browsers of those who take part can read them.
private-limits = The club does see who writes to whom, when, and how much. It also hands out these pages: a club that wanted to cheat could hand out others. And whoever reads a message can pass it on.
private-no-keys = Private messages need keys of your own
private-no-keys-text = The club still holds the keys of your identity, so nobody could be sure that a message comes from you alone.
private-needs-script = This page needs script
private-needs-script-text = Messages are locked and opened in your browser, and that takes a program. Without one the club would have to read them for you, which it must not.
private-set-up = Read private messages in this browser
private-set-up-text = This browser makes its own keys, and you confirm that it is yours. It reads what is written from then on.
private-browser-name = A name for this browser
private-browser-name-hint = By which you know it again, such as “Phone”.
private-set-up-do = Set it up
private-browsers = Your browsers
private-browsers-lead = Where your private messages can be read. A browser that you do not know, or have lost, should not be here.
private-browsers-none = No browser yet
private-browsers-none-text = Set up this one, and others can write to you in private.
private-browser-change = Change “{ $name }”
private-browser-rename = Rename
private-browser-renamed = It has its new name.
private-browser-revoke = Take it out of use
private-browser-revoke-text = It gets nothing any more from when the next of you opens the conversation. What it has read stays read.
private-browser-revoked = It is out of use.
private-locked = Only the browsers of those who take part can read this.
private-messages = What was said
private-say = Your message
private-send = Send
private-people = Who takes part
private-has-browsers = { $count ->
    [0] has not opened private messages yet
    [one] reads in 1 browser
   *[other] reads in { $count } browsers
 }
private-add = Take somebody in
private-add-text = They read what is said from then on, and nothing from before.
private-add-do = Take in
private-added = They are taken in.
private-remove = Take { $name } out
private-removed = They read nothing that is said from now on.
private-leave = Leave
private-leave-text = You then read nothing more of it.
private-leave-two = It ends until you write to them again.
private-left = You have left.
private-safety = Safety numbers
private-safety-text = Compare them with theirs, by telephone or face to face. If all are the same, nobody stands between you.
private-room = Private conversation
private-group-none = Nobody has opened it yet
private-group-none-text = What is said here can be read in the browsers of the members and nowhere else.
private-group-open = Open the conversation
