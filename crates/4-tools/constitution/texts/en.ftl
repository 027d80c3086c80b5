# The constitution.

constitution-title = The constitution
constitution-lead = All that rules this club, for its members to read and to change. It began as “{ $kit }” and is at version { $version }.
constitution-change = Change
constitution-change-this = Change “{ $name }”
constitution-what-if = What if?
constitution-numbers = Numbers and choices
constitution-credit = Limits of credit
constitution-credit-now = Now from and to:
constitution-credit-min = Lowest balance of an account
constitution-credit-max = Highest balance of an account
constitution-founder-days = Days that a founder’s powers last
constitution-admission = How people join
constitution-by-application = People may apply
constitution-by-invitation = By invitation only
constitution-inviters = Who invites
constitution-procedures = How things are decided
constitution-amending = It also decides whatever touches the way in which the rules are changed.
constitution-as-written = As it is written
constitution-acts = Who may do what
constitution-acts-lead = Room by room: what can be done, who may do it and why, and how it is decided.
constitution-permits = Allowed
constitution-forbids = Not allowed
constitution-files = The policies as they are written
constitution-files-lead = In Cedar, a small language for rules. Whoever changes one sees first what it would have done.
constitution-new-file = Write a new file
constitution-entrenched = What no vote can take away
constitution-entrenched-lead = The program refuses every rule that would touch these, whatever it looks like.
constitution-right-vote = One member, one vote.
constitution-right-propose = Every active member may propose.
constitution-right-appeal = Every member may appeal, also when suspended.
constitution-right-leave = Every member may leave, and take their data along.
constitution-right-log = What happened stays written down: the record is only ever added to.
constitution-holders = Who holds a role
constitution-since = since
constitution-founder-until = founder’s powers until
constitution-role-none = Not in it
constitution-role-member = Member
constitution-role-treasurer = Treasurer
constitution-role-steward = Steward
constitution-versions = What it was before
constitution-version = Version { $version }
constitution-founded-with = The rules that the club was founded with
constitution-untaken = There is something new
constitution-untaken-text = { $count ->
    [one] The program can do one thing that your rules do not speak of, so nobody may do it.
   *[other] The program can do { $count } things that your rules do not speak of, so nobody may do them.
 }
constitution-untaken-look = Look at what could be taken up

# Changing.
constitution-try = Try it out
constitution-back = Back
constitution-unusable = The rules cannot be like this
constitution-change-numbers = Change numbers
constitution-change-numbers-lead = First you see what the change would have done. Then the members decide.
constitution-admission-elsewhere = Who invites and whether people may apply is said by the policies.
constitution-admission-there = Change it there
constitution-change-procedure = Change a procedure
constitution-change-procedure-lead = How members decide: for how long, who votes, and what it takes to pass.
constitution-procedure-name = Its name
constitution-procedure-name-hint = With the name of one that there is, that one is changed.
constitution-about = In a sentence, for those who vote
constitution-about-hint = Say what the numbers below mean.
constitution-open-for = Open for votes
constitution-span-hint = A number and a letter: 7d for days, 72h for hours.
constitution-delay = Holds how long after it has passed
constitution-delay-hint = Such as 24h or 14d. Empty: at once.
constitution-electorate = Who votes
constitution-quorum-share = Which share of them has to take part
constitution-share-hint = Two numbers, such as 1/3.
constitution-quorum = How many at least have to take part
constitution-yes-share = Which share has to say yes
constitution-strict = It has to be more than this share
constitution-yes-at-least = How many at least have to say yes
constitution-objections = How many objections stop it
constitution-objections-hint = For consent: 1. Empty: an objection is a no.
constitution-silence = It passes when nobody says anything
constitution-early = It is settled as soon as the outcome is certain
constitution-for-act = Decide this by it from now on
constitution-for-act-hint = What goes by it already stays.
constitution-for-none = Nothing else
constitution-change-policies = Change policies
constitution-change-policies-lead = Each policy says who may do what, under which condition, and why.
constitution-file-name = File
constitution-file-name-hint = Such as posts.cedar. With a new name, the file is added.
constitution-text = Policies
constitution-text-hint = Empty: the file is taken out. Everything is checked when you try it out.
constitution-inviters-same = Who invites by these policies
constitution-change-new = Take up what is new
constitution-change-new-lead = Rules for what the program can do and your rules do not speak of, as your starter kit has them today. Nothing that you have said yourselves is replaced.
constitution-nothing-new = Nothing is missing
constitution-nothing-new-text = Your rules speak of everything that the program can do.

# Trying out and proposing.
constitution-trial = Trying it out
constitution-trial-under-way = Everything that was done or tried in the last year is being asked about again.
constitution-trial-read = { $read } of { $of } pages of the record are read.
constitution-trial-waits = Somebody else is trying out a change just now. Yours begins right after it.
constitution-trial-again = This page looks again by itself every two seconds. You can also leave it and come back.
constitution-report = What changes, and what it would have done
constitution-passages = What changes
constitution-effects = What it would have done
constitution-kept-lead = The proposal names this report by its hash, so it cannot be exchanged afterwards.
constitution-asked = { $asked ->
    [one] One thing that somebody did or tried in the last { $days } days was asked about again.
   *[other] { $asked } things that somebody did or tried in the last { $days } days were asked about again.
 }
constitution-no-difference = Nothing would have been different.
constitution-counted = { $acts ->
    [1] Once
    [2] Twice
   *[other] { $acts } times
 }, { $people ->
    [0] nobody in person
    [one] 1 person
   *[other] { $people } people
 }
constitution-column-act = What
constitution-column-refused = Not allowed any more
constitution-column-allowed = Allowed from then on
constitution-column-decided = Others decide
constitution-column-at-once = Without a decision
constitution-erased = { $count ->
    [one] One cannot be asked about, because its words were removed.
   *[other] { $count } cannot be asked about, because their words were removed.
 }
constitution-untold = { $count ->
    [one] One cannot be asked about, because it was refused before the rules had a say, or the program knows other facts today.
   *[other] { $count } cannot be asked about, because they were refused before the rules had a say, or the program knows other facts today.
 }
constitution-voters = { $count ->
    [0] Nobody has voted on anything in this time.
    [one] One member has voted on something in this time.
   *[other] { $count } members have voted on something in this time.
 }
constitution-propose = Propose it
constitution-reason = Why
constitution-proposed = It is open for votes now.
constitution-compared = Compared with version
constitution-until = Made
constitution-hash = Hash

# What if?
constitution-what-if-lead = Ask the rules: may this member do this to such a thing? Nothing is done, and nobody is told.
constitution-case-member = Who
constitution-case-member-hint = A handle. Empty: you.
constitution-case-act = Does what
constitution-case-role = In which role
constitution-case-role-hint = In the group that the thing belongs to.
constitution-case-role-own = The role that they have in the club
constitution-case-ask = Ask
constitution-case-yes = Yes, { $name } may
constitution-case-no = No, { $name } may not
constitution-case-facts = What was taken to be so
constitution-case-facts-lead = Press one to ask the same the other way round.
constitution-holds = Yes
constitution-holds-not = No
