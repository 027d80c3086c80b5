# The front door: founding, inviting, joining, applying, leaving.

membership-your-name = Your name
membership-your-name-hint = As people here know you. You can change it later.
membership-email = Address for mail
membership-passkey-text = Your device will ask for your fingerprint, face or PIN and make a passkey: there is no password to remember. Your keys are made in your browser; nobody else gets them, not even this club.
membership-town-hint = Type the first letters and choose from the list. It is only ever the name of a place: nobody’s position is measured.
membership-to-the-club = Go to the club
membership-people = People
membership-settings = Settings
membership-save = Save
membership-cancel = Cancel
membership-copy = Copy
membership-share = Share
membership-print = Print
membership-days = { $days } days
membership-no-mail = No mail server is set up here, so no mails go out. Share the link, show the QR code, or print a letter.

# Founding
membership-found-title = Found your club
membership-found-lead = A club belongs to its members, one member one vote. You are the first of them.
membership-found-club = Your club
membership-found-name = What is your club called?
membership-found-purpose = What is it for?
membership-found-purpose-hint = A sentence or two, for those whom you invite.
membership-found-place = Where is it at home?
membership-found-accent = Its colour
membership-found-rules = Your rules
membership-found-kit = How will you decide?
membership-found-kit-hint = Choose what is closest. All of it can be changed later, together.
membership-found-read = Read the rules in full
membership-found-money = Your money
membership-found-money-text = Members pay each other in the club’s own mutual credit. Everybody starts at zero and may go a little below; whatever one has, others owe. All accounts together are always zero, and there is no interest.
membership-found-unit = What do you call it?
membership-found-unit-hint = Hours, acorns, thanks … Many clubs take an hour of work as one.
membership-found-symbol = Its symbol
membership-found-symbol-hint = Stands beside amounts. Eight characters at the most.
membership-found-you = You
membership-found-powers = Your powers as founder
membership-found-powers-text = Until there are enough of you to do it together, you alone may invite, admit, suspend and give out the first roles. These powers end by themselves and cannot be prolonged. Everything you do with them is written down where all members can read it.
membership-found-terms = How long they last depends on the rules you choose:
membership-found-term = { $kit }: { $days } days
membership-found-button = Create my passkey and found the club
membership-founded-already = This club has been founded already
membership-founded-already-text = The founding link worked once, and its time is over. Ask a member for an invitation.
membership-accent-brick = Brick
membership-accent-clay = Clay
membership-accent-amber = Amber
membership-accent-olive = Olive
membership-accent-leaf = Leaf
membership-accent-teal = Teal
membership-accent-sea = Sea
membership-accent-sky = Sky
membership-accent-iris = Iris
membership-accent-plum = Plum
membership-accent-mallow = Mallow
membership-accent-rose = Rose

# Joining
membership-join-title = Join { $club }
membership-join-invites = invites you
membership-join-place = Where do you live?
membership-join-button = Create my passkey and join
membership-join-until = This invitation is good until
membership-join-member = I am a member already
membership-join-closed = This invitation lets nobody in
membership-join-apply = Apply to join

# Welcome
membership-welcome-title = Welcome to { $club }
membership-welcome-number = You are member number { $number }.
membership-welcome-until = They end on
membership-welcome-steps = To be safe and at home here
membership-welcome-done = You are all set
membership-welcome-done-text = Your way back in is safe, and people here know where to find you.
membership-step-done = Done
membership-step-open = To do
membership-step-recovery = Keep recovery codes
membership-step-about-recovery = They let you back in if you lose your device. Two minutes, and nobody can help you without them.
membership-step-words = Write down your paper words
membership-step-about-words = Twenty-four words on paper with which you can take your identity back, from anybody, anywhere.
membership-step-home = Say where you live
membership-step-about-home = As far as you like, so that you see what is near. You choose what others see.
membership-step-profile = Show who you are
membership-step-about-profile = What you do, what you need, how to reach you. Each detail only for those whom you choose.
membership-step-post = Say hello
membership-step-about-post = Write your first post: what brings you here?

# Inviting
membership-invite-title = Invite
membership-invite-lead = Whoever opens the link can join, once. It takes about a minute.
membership-invite-not = By the rules of this club, you cannot invite at the moment. People can still apply by themselves.
membership-invite-name = For whom?
membership-invite-name-hint = So that you recognise the invitation later.
membership-invite-email-hint = We mail them a link. Without an address you get a link and a QR code to pass on.
membership-invite-note = A word to them
membership-invite-note-hint = They read it before they join.
membership-invite-role = They join as
membership-role-member = Member
membership-role-treasurer = Treasurer: keeps the club’s wallet
membership-role-steward = Steward: looks after the club’s affairs
membership-invite-days = Good for
membership-invite-button = Invite
membership-invite-sofar = Invitations so far
membership-invite-none = Nobody invited yet
membership-invite-none-text = A club grows by people who bring people they know. Invitations that you make appear here, with what became of them.
membership-invite-by = by { $name }
membership-invite-until = good until
membership-invite-anybody = Whoever has the link
membership-invite-withdraw = Withdraw
membership-withdrawn = The invitation was withdrawn. Its link no longer works.
membership-state-open = Open
membership-state-used = Joined
membership-state-expired = Expired
membership-state-withdrawn = Withdrawn
membership-made-title = Your invitation is ready
membership-made-title-for = The invitation for { $name } is ready
membership-made-lead = Pass it on now: this link is shown only once, since not even the club’s computer keeps it.
membership-made-qr = QR code of the invitation
membership-made-days = It can be used once, within { $days } days.
membership-made-mail = A mail with a link of its own goes to { $email }.
membership-made-next = Invite somebody else
membership-many-title = Invite a whole list
membership-many-lead = A members’ list from a spreadsheet. You see every line before anything is done.
membership-many-file = A CSV file
membership-many-file-hint = Every spreadsheet can save one. Columns: name, email, and if you like place and note.
membership-many-list = Or paste the lines here
membership-many-list-hint = One person a line, such as: Ada Okafor, ada@example.org
membership-many-look = Look at the list
membership-preview-title = Is this right?
membership-preview-lead = { $count ->
    [0] Nobody on this list can be invited yet.
    [one] One person will be invited.
   *[other] { $count } people will be invited.
 }
membership-preview-bad = { $count ->
    [one] One line is left out
   *[other] { $count } lines are left out
 }
membership-preview-mend = The table says why. Go back and mend them, or invite the others now and these later.
membership-preview-fine = Fine
membership-preview-out = Left out
membership-preview-mail = Send mails
membership-preview-mail-hint = To everybody with an address, each with a link of their own. You get letters to print as well.
membership-preview-button = { $count ->
    [one] Invite one person
   *[other] Invite { $count } people
 }
membership-column-number = Line
membership-column-name = Name
membership-column-email = Mail
membership-column-place = Place
membership-column-note = Note
membership-column-problem = Is it right?
membership-letters-title = { $count ->
    [one] One letter
   *[other] { $count } letters
 }
membership-letters-lead = Print them now: the links are shown only once. Each letter has a page of its own.
membership-letters-mailed = { $count ->
    [one] One mail is on its way.
   *[other] { $count } mails are on their way.
 }
membership-letter-dear = Dear { $name },
membership-letter-text = you are invited to join { $club }. Point your phone’s camera at the code, or type the address below into a browser.

# Applying
membership-apply-title = Apply to join { $club }
membership-apply-lead = Say who you are and why you would like to join. Members who decide about it read what you write.
membership-apply-why = Why would you like to join?
membership-apply-why-hint = What you do, whom you know here, what you hope for.
membership-apply-place = Where do you live?
membership-apply-email-hint = If you give one, we write to you as soon as there is an answer.
membership-apply-button = Send my application
membership-apply-not = This club takes new members by invitation only. Ask somebody who belongs to it.
membership-applied-waiting = Your application has arrived
membership-applied-text-waiting = Thank you, { $name }. The members will look at it.
membership-applied-admitted = You are admitted
membership-applied-text-admitted = Welcome, { $name }! One step is left: your passkey.
membership-applied-declined = Not this time
membership-applied-text-declined = Thank you for asking, { $name }. The club has decided not to admit you at this time.
membership-applied-joined = You have joined
membership-applied-text-joined = Your application led to membership, { $name }. Sign in to go on.
membership-applied-keep = Keep the address of this page: the answer will appear here.
membership-applied-join = Join now
membership-applied-sign-in = Sign in
membership-applied-on = Applied
membership-applications-title = Applications
membership-applications-none = Nobody is waiting
membership-applications-none-text = People who would like to join without an invitation apply at /apply. Their applications appear here for those who decide.
membership-admit = Admit
membership-admitted = Admitted. They find the way in on their page, and in their mail.
membership-admit-asked = The members decide about it: a proposal is open.
membership-decline = Decline
membership-decline-reason = What shall we tell them?
membership-decline-hint = They read it. A kind reason helps.
membership-declined = The application was declined.

# Home
membership-home-title = Where you live
membership-home-lead = What is near you is shown first. Say as much as you like: the town, or the street too.
membership-home-shown = Others see:
membership-home-town = Your town
membership-home-neighbourhood = Your neighbourhood
membership-home-finer-hint = If it is not on the list yet, write it as people there call it.
membership-home-street = Your street
membership-home-first = Once your town is saved you can add neighbourhood and street.
membership-home-shared = How much of it may others see?
membership-home-shared-hint = What you post for your street always shows which street that is.
membership-shared-street = The street
membership-shared-neighbourhood = The neighbourhood
membership-shared-town = The town
membership-shared-district = The district
membership-shared-country = The country
membership-shared-world = Nothing
membership-home-told = Your home is saved.

# Settings
membership-settings-name = Your name
membership-name-lead = Your handle stays the same, so that links to you keep working.
membership-name-told = That is your name from now on.

# Leaving
membership-leave-title = Leave the club
membership-leave-lead = Nobody is kept here. What is yours stays yours.
membership-leave-export = Take a copy of everything first. You can also do it later: your passkey still lets you in for that.
membership-leave-identity = Your identity stays reachable at its address, so that what you signed can still be checked. You can move it elsewhere.
membership-leave-account = Your account stays as it is. Settle what you owe if you can; nobody is kept because of it.
membership-leave-shares = If you hold shares of the club, they are repaid into your wallet after the notice that the terms set, less what you still owe
membership-leave-written = What you posted stays under your name until you remove it.
membership-leave-orphans = Hand on what you look after
membership-leave-orphans-text = Nobody else is a steward here. Make somebody else one first, then you can leave:
membership-leave-sure = I want to leave the club. All my devices are signed out.
membership-leave-button = Leave
membership-gone-title = You have left
membership-gone-text = Thank you for the time you were here. To come back one day, ask a member for an invitation.
membership-gone-export = Take a copy of my data
membership-export-title = Take your data along
membership-export-lead = Everything that the club’s computer holds about you, in one file.
membership-export-text = Your identity with its log, passkeys and devices, your home, your groups and circles, your accounts with every payment, and everything that you ever did or wrote here. Your encrypted keys are in it too; only you can open them. The file is JSON: programs can read it, and people as well.
membership-export-button = Download

# Standing
membership-standing-title = How { $name } stands with the club
membership-standing-active = A member with all rights.
membership-standing-suspended = Suspended for the time being. Reading, taking data along, appealing and leaving are still possible.
membership-standing-left = Has left the club.
membership-suspended-until = Suspended until
membership-reinstate = End the suspension now
membership-reinstated = The suspension has ended.
membership-suspend = Suspend
membership-suspend-text = A suspended member can still read, export, appeal and leave. It ends by itself on the day you choose.
membership-suspend-until = Until
membership-suspend-reason = Why?
membership-suspend-hint = The member and those who decide read it.
membership-suspended = The member is suspended.

# What joining costs.
membership-costs = What membership costs
membership-costs-fee = once, for joining
membership-costs-shares = for the shares that every member holds; you get it back when you leave
membership-costs-month = in dues every month
membership-costs-quarter = in dues every quarter
membership-costs-year = in dues every year
membership-costs-all = All of it, and what helps who cannot pay
