# Profiles, circles, the people of the club, and the settings page.

profiles-people = People
profiles-people-lead = The members of this club. Find somebody by name, or by what they can do.
profiles-invite = Invite somebody
profiles-search = Find
profiles-search-hint = A name, or something like “bicycles”, “Spanish” or “bread”.
profiles-search-go = Find
profiles-none = Nobody found
profiles-none-text = Try part of the name, or another word for the skill. You find only what is shown to you.
profiles-all = Show everybody

profiles-mine = My profile
profiles-since = here since { $date }
profiles-standing-suspended = Suspended for now
profiles-standing-left = Has left the club
profiles-standing = Standing in the club
profiles-role-steward = Steward of the club
profiles-role-treasurer = Treasurer of the club
profiles-follow = Follow
profiles-pay = Pay
profiles-limits = Limits
profiles-group = To the group
profiles-edit = Edit
profiles-groups = Your groups
profiles-groups-common = Groups you share
profiles-many-skill = Skills
profiles-many-offer = Can offer
profiles-many-want = Looks for
profiles-bare = Nothing here yet
profiles-bare-text = Say what you are good at, what you offer or how you can be reached. For each detail you choose who sees it.

profiles-edit-own = Edit my profile
profiles-edit-of = Edit the profile of { $name }
profiles-edit-lead = Each detail has its own audience. Nobody else sees it, and nobody sees that there is more.
profiles-add = Add a detail
profiles-change = Change this detail
profiles-change-it = Change
profiles-remove-it = Remove { $what }
profiles-full = Your profile is full. Remove something to make room.
profiles-also = Also part of your profile
profiles-kind = What is it?
profiles-kind-about = About
profiles-kind-pronouns = Pronouns
profiles-kind-skill = Skill
profiles-kind-offer = Something to offer
profiles-kind-want = Something wanted
profiles-kind-language = Language
profiles-kind-phone = Phone
profiles-kind-email = Email
profiles-kind-website = Website
profiles-kind-address = Address
profiles-kind-birthday = Birthday
profiles-kind-other = Something else
profiles-value = What do you want to say?
profiles-label = A name of your own for it
profiles-label-hint = Such as “Work phone”. Needed only for “Something else”.
profiles-audience = Who may see it?
profiles-audience-hint = You can change this at any time.
profiles-audience-choose = Please choose
profiles-audience-public = Everybody, also outside the club
profiles-audience-club = The club
profiles-audience-group = The group { $name }
profiles-audience-circle = My circle { $name }
profiles-audience-me = Only me
profiles-save = Save
profiles-cancel = Not now
profiles-saved = Saved.
profiles-removed = Removed.

profiles-view-as = View as
profiles-view-as-text = See what somebody else sees of you.
profiles-view-as-lead = Your profile through the eyes of somebody else.
profiles-as-guest = A visitor
profiles-as-member = Any member
profiles-as-who = Or through whose eyes?
profiles-as-look = Look
profiles-as-sees = { $name } sees this
profiles-as-nothing = Nothing at all. To people outside the club you are not there, as none of your details is for everybody.
profiles-as-name-only = No details: only what is below.

profiles-circles = Circles
profiles-circles-text = People to whom you show more of yourself.
profiles-circles-lead = People to whom you show more of yourself. Only you know your circles and who is in them.
profiles-circles-none = No circles yet
profiles-circles-none-text = Put your family into one, and your phone number is for them alone.
profiles-circles-suggested = To begin with
profiles-circle-own = A circle of your own
profiles-circle-name = Name
profiles-circle-make = Make the circle
profiles-circle-family = Family
profiles-circle-friends = Friends
profiles-circle-business = Business
profiles-circle-community = Community
profiles-circle-people = { $count ->
    [0] nobody in it yet
    [one] 1 person
   *[other] { $count } people
 }
profiles-circle-details = { $count ->
    [0] sees no more than others
    [one] sees 1 detail more
   *[other] sees { $count } details more
 }
profiles-circle-lead = Whoever is in it sees what you show to this circle. They are not told that they are in it.
profiles-circle-empty = Nobody in it yet
profiles-circle-empty-text = Add the first person below.
profiles-circle-add = Add somebody
profiles-circle-who = Whom?
profiles-circle-out = Take { $name } out
profiles-circle-more = Rename or end this circle
profiles-circle-rename = Rename
profiles-circle-end = End this circle
profiles-circle-end-text = What you showed to this circle is then shown to nobody but you.
profiles-circle-made = The circle is there. Now put somebody in.
profiles-circle-added = They are in.
profiles-circle-removed = They are no longer in it.
profiles-circle-renamed = Renamed.
profiles-circle-ended = The circle is ended. What it saw, only you see now.

profiles-settings-title = Settings
profiles-settings-me = You
profiles-settings-profile = Profile
profiles-settings-profile-text = What you show of yourself, and to whom.
profiles-settings-name = Your name
profiles-settings-name-text = What others call you.
profiles-settings-circles = Circles
profiles-settings-circles-text = Family, friends and others to whom you show more.
profiles-dues = Dues and shares
profiles-dues-text = What you owe the club, and what you own of it
profiles-settings-home = Home
profiles-settings-home-text = Where you live, and how much of that others see.
profiles-settings-keys = Signing in
profiles-settings-devices = Devices and passkeys
profiles-settings-devices-text = Add a phone or computer, or sign out everywhere.
profiles-settings-recovery = Recovery
profiles-settings-recovery-text = Codes and paper words for the day a passkey is lost.
profiles-settings-look = How it looks
profiles-settings-data = Your data
profiles-settings-export = Take a copy
profiles-settings-export-text = Everything the club keeps about you, as a file.
profiles-settings-leave = Leave the club
profiles-settings-leave-text = You can go at any time, and take everything along.
profiles-settings-sign-out = Sign out
profiles-proposed = The rules want others to decide this. It is now open for votes.
