# The node's own pages.

node-people = Who looks after the club
node-rules = Our rules
node-rules-lead = What may be done here, by whom, and how it is decided. Members can change these rules together.
node-permits = Allowed
node-forbids = Not allowed
node-as-written = As it is written
node-words-lead = One word for each idea. These are the words of this club, and what we mean by them.
node-about-lead = Everything about how this club works is open to everybody.
node-about-words = What we mean by account, circle, consent and the rest.
node-about-assumptions = The ideas about people and the world that our rules rest on.
node-about-people = Its stewards, its treasurers and all who belong to it.
node-about-rules = Who may do what, and how it is decided.
node-about-constitution = All that rules us, what it was before, and how members change it.
node-to-constitution = Change them, or look at what they were before
node-checkpoint = Checkpoint of the record
node-about-checkpoint = Keep a copy, and nobody can rewrite the past without you noticing.
node-key = The club’s key
node-about-key = The public key that signs checkpoints and receipts. Keep it, and you can check them without asking anybody.
node-licences = What this is made of
node-about-licences = Free software and open data, with their licences.
node-licences-lead = PLANET is free software under AGPL-3.0-or-later. In the browser it uses these packages.
node-unfounded = This club is about to be founded
node-unfounded-text = The founding link was printed where the program was started. Open it to begin.
node-door = We are a club that belongs to its members. Come in.
node-apply = Apply to join
node-hello = Hello, { $name }
node-steps = A few things to settle
node-step-recovery = Recovery codes
node-step-about-recovery = So that a lost phone does not lock you out.
node-step-words = Paper words
node-step-about-words = Write down the key to your identity, and it is yours for good.
node-step-home = Where you live
node-step-about-home = Then you hear what happens nearby.
node-step-profile = Your profile
node-step-about-profile = Say who you are and what you offer, to whom you like.
node-step-post = A first post
node-step-about-post = Say hello.
node-waiting = Waiting for you
node-near = Near you
node-following = From people you follow
node-all = See all
node-nobody-followed = You follow nobody yet
node-nobody-followed-text = Follow people and groups, and what they write appears here.
node-nothing-near = Nothing nearby yet
node-nothing-near-text = Posts that matter to your street, neighbourhood or town appear here. Yours could be the first.
node-no-home = Where is home?
node-no-home-text = Choose your town, and you hear what happens there. Nobody measures where you are.
node-set-home = Choose a place
node-nothing-waits = Nothing waits for you
node-nothing-waits-text = Bills to answer and votes to cast appear here.
node-room-chat = Talking in groups
node-room-constitution = The rules about the rules
node-room-crypto = Coins on chains
node-room-currencies = Currencies that groups make
node-room-feed = Posts
node-room-governance = Deciding together
node-room-groups = Groups
node-room-blog = Blogs of groups
node-room-membership = Joining, leaving, keys
node-room-places = Places
node-room-private = Private messages
node-room-profiles = Profiles and circles
node-room-treasury = Money of the world
node-dues = What membership costs
node-about-dues = Joining fee, dues and shares, by decision of the members.
node-room-dues = Dues and shares
node-room-wallet = Money

# What waits for those who keep money for others.
node-standing-stopped = Your standing payment to { $name } is paused
node-due-review = Look again at what was decided: { $what }
node-due-hearing = This is about you, and you are heard: { $what }
node-due-follow_up = You have taken this on: { $what }
node-waits-ins = { $count ->
    [one] 1 payment in to look for at the bank
   *[other] { $count } payments in to look for at the bank
 }
node-waits-outs = { $count ->
    [one] 1 payment out to send
   *[other] { $count } payments out to send
 }
node-waits-lines = { $count ->
    [one] 1 line on a bank statement to look at
   *[other] { $count } lines on bank statements to look at
 }
node-waits-dues = { $count ->
    [one] Dues to be paid
   *[other] { $count } dues to be paid
 }
node-waits-shares = { $count ->
    [one] A share that every member holds
   *[other] { $count } shares that every member holds
 }
node-waits-reliefs = { $count ->
    [one] Somebody asks to owe less
   *[other] { $count } members ask to owe less
 }
node-waits-repayments = { $count ->
    [one] Shares to be repaid
   *[other] { $count } times shares to be repaid
 }
node-waits-cash = { $name } brings you cash
