# Decisions and the register of assumptions.

governance-title = Decisions
governance-room = Decide together
governance-room-about = Ask a question, find a date, or elect somebody. What you decide stands in the register.
governance-lead = What members decide together, one member one vote. What passes is done, and written down.
governance-none = Nothing to decide yet
governance-none-text = When the rules want others to decide something, such as admitting a new member, it appears here and everybody concerned can vote.
governance-rules = Read the rules
governance-open = Open for votes
governance-ended = Decided
governance-closes = Open until
governance-state-open = Open
governance-state-passed = Passed, waiting
governance-state-done = Passed and done
governance-state-not_performed = Passed, not done
governance-state-failed = Not passed
governance-state-withdrawn = Taken back
governance-state-answered = Answered
governance-state-elected = Elected
governance-state-unanswered = Without a result
governance-to-vote = Waits for you
governance-opened = Opened
governance-ended-on = Ended
governance-number-of = Number { $number } of { $group }
governance-place = Place in the record
governance-place-at = { $position }, with the fingerprint
governance-place-soon = Being sealed now, with the fingerprint
governance-history = History
governance-how = How this is decided
governance-procedure = Procedure
governance-opener = Proposed by
governance-closing = Open until
governance-voted = Votes
governance-voted-of = { $voted } of { $electorate } have voted
governance-voted-needed = ; at least { $needed } have to, or it does not count
governance-lead-voting = The vote ends { $left }. { $voted } of { $electorate } have voted.
governance-lead-standing = Whoever wants to be elected can stand; the voting begins { $left }.
governance-lead-over = any moment now
governance-ballots = What members said
governance-all-ballots = What all said
governance-next-ballots = Read on
governance-no-more-ballots = These are all.
governance-signatures = Who has signed
governance-has-signed = Signed
governance-may-sign = Who may still sign
governance-sign = I sign it
governance-sign-about = As soon as enough have signed, it is done.
governance-counts-not = Does not count any more
governance-your-vote = Your vote
governance-choice-yes = Yes
governance-choice-no = No
governance-choice-abstain = I leave it to the others
governance-choice-object = I object
governance-choice-about-yes = Good enough for now, safe enough to try.
governance-choice-about-no = I would rather not.
governance-choice-about-abstain = I have no preference.
governance-choice-about-object = It would harm what we are here for. Say how, below.
governance-why = Your reason
governance-vote = Vote
governance-vote-told = Your vote counts. You can change it until the end.
governance-withdraw = Take this back
governance-withdraw-told = It was taken back.
governance-assumptions = What we assume
governance-assumptions-lead = Every set of rules rests on ideas about people and the world. These are ours, in plain sight. Any member may add one.
governance-section-people = About people
governance-section-world = About the world
governance-seed = From the beginning
governance-add = Add a statement
governance-statement = Statement
governance-about-what = What is it about?
governance-added = Your statement stands in the register.
governance-assumptions-settled = Retired, or merged with another
governance-supporters = { $count ->
    [0] Nobody has said yet that they stand behind it
    [one] One member stands behind it
   *[other] { $count } members stand behind it
 }
governance-support = I stand behind this
governance-unsupport = I do not stand behind this any more
governance-supported = You stand behind it. You can take that back at any time.
governance-unsupported = You do not stand behind it any more.
governance-assumption-merged = This was merged with another statement, which says both now
governance-assumption-retired = This was retired, by a decision of the members
governance-assumption-decide = Merge or retire it
governance-assumption-decide-text = The members decide about that together. A statement that is merged stays readable, and points to the one that says it now.
governance-assumption-decided = It is done.
governance-assumption-proposed = The members decide about it now.
governance-serves = What serves it
governance-serves-none = Nobody has said yet which rules and words of the club serve this.
governance-serves-rule = Rule
governance-serves-word = Word
governance-link = Name a rule or word that serves it
governance-link-what = Which?
governance-linked = It is written down, and stands in the history.
governance-unlink = It does not
governance-merge = Ask the members to merge them
governance-merge-with = Another that says the same
governance-retire = Ask the members to retire it
governance-step-added = { $name } added it.
governance-step-seed = Every club starts with it.
governance-step-linked = { $name } said that it is served by: { $what }
governance-step-unlinked = { $name } said that it is not served by: { $what }
governance-step-merged = The members merged it with: { $what }
governance-step-took_over = The members merged into it: { $what }
governance-step-retired = The members retired it.

# Questions with options, and elections.

governance-options = To choose from
governance-won = Chosen
governance-method = Counted by
governance-method-one = One choice
governance-method-approval = All that you could live with
governance-method-score = Scores
governance-method-dots = Dots
governance-method-quadratic = Credits for votes
governance-method-schulze = Order of preference
governance-method-irv = Run-off
governance-method-scottish = Order of preference, in proportion
governance-method-meek = In proportion, by computer (Meek)
governance-method-greedy = Budget
governance-method-equal_shares = Budget in equal shares
governance-method-lot = The lot
governance-method-dates = Dates
governance-method-about-one = Everybody marks one; the most marks win. Good for two options; with more, those that are alike take votes from each other.
governance-method-about-approval = Everybody marks as many as they like; the most marks win. Good nearly always.
governance-method-about-score = Everybody gives each from 0 to 5; the highest sum wins. Good where it matters how much somebody likes something.
governance-method-about-dots = Everybody spreads the same number of dots over them; the most dots win. Good for setting priorities.
governance-method-about-quadratic = Everybody spends credits: one vote costs 1, two cost 4, three cost 9. Good where a few care very much.
governance-method-about-schulze = Everybody numbers them; the one wins that beats each other one in a comparison of two (Schulze). Good where one has to be found that most prefer.
governance-method-about-irv = Everybody numbers them; again and again the last goes out, until one has more than half.
governance-method-about-scottish = Everybody numbers them. Who has enough is chosen, and what is above enough goes on to the next preference; who has the fewest goes out (Scottish STV). Several seats go to several opinions.
governance-method-about-meek = As in the order of preference in proportion, but every ballot is weighed anew at each step, which only a computer can do.
governance-method-about-greedy = Everybody marks the projects that they want; the most wanted are paid for, as long as the money lasts.
governance-method-about-equal_shares = Everybody has an equal share of the money and supports projects with it, so that smaller circles too get what they want (Equal Shares).
governance-method-about-lot = Nobody prefers anything: the lot decides, and anybody can check that it was drawn fairly.
governance-method-about-dates = A yes counts two, an “if need be” one; the highest sum is the best date.
governance-ballot-one = Choose one.
governance-ballot-dates = Say of each date whether it suits you.
governance-date-yes = Yes
governance-date-maybe = If need be
governance-date-no = No
governance-sum-dots = { $given } of { $most } dots given
governance-sum-credits = { $given } of { $most } credits spent
governance-sum-costs = What is marked costs { $given } of { $most }
governance-you-voted = You have voted. Here is what you said.
governance-vote-again = Change my vote
governance-ballot-approval = Mark everything that you could live with.
governance-ballot-score = Give each from 5, the best, to 0. What you leave out counts as 0.
governance-ballot-dots = You have { $points } dots. Spread them as you like.
governance-ballot-quadratic = You have { $points } credits. One vote for an option costs 1, two cost 4, three cost 9.
governance-ballot-schulze = Number them by your preference: 1 is the best. Equal numbers are allowed. Leave out what you could not live with.
governance-ballot-irv = Number them by your preference: 1 is the best. Leave out what you could not live with.
governance-ballot-scottish = Number them by your preference: 1 is the best. You need not number all.
governance-ballot-meek = Number them by your preference: 1 is the best. You need not number all.
governance-ballot-greedy = Mark every project that you want.
governance-ballot-equal_shares = Mark every project that you want.
governance-ballot-lot = Write any number at one of them. Together, the numbers of all draw the lot; it makes no difference where yours stands.
governance-seats = How many are chosen
governance-voting-begins = Voting from
governance-count = How it was counted
governance-count-steps = The count, step by step
governance-result = The result
governance-got-points = { $count ->
    [one] 1 point
   *[other] { $count } points
 }
governance-got-dots = { $count ->
    [one] 1 dot
   *[other] { $count } dots
 }
governance-got-votes = { $count ->
    [one] 1 vote
   *[other] { $count } votes
 }
governance-got-beats = beats { $count }
governance-who-votes = Who may vote
governance-who-votes-of = { $electorate ->
    [one] The one who had a vote in { $group } when it was asked
   *[other] The { $electorate } who had a vote in { $group } when it was asked
 }
governance-asked-by = Asked by
governance-hidden = Until the end nobody sees how it stands, only how many have voted.
governance-nominations-end = Members can stand until
governance-term-ends = In that role until
governance-who-stands = Who stands
governance-who-stood = Who stood, and what they said
governance-nobody-stands = Nobody stands yet.
governance-says-nothing = Has written nothing.
governance-stand-about = You can stand until the voting begins. The others read what you write here.
governance-you-stand = You stand in this election. Until the voting begins you can change what you say.
governance-stand-change = Change it
governance-step = Step { $number }
governance-step-points = Everything that was given to each is added up.
governance-step-pairs = Each is compared with each other. The number says how many others it beats.
governance-step-round = Each ballot counts for the first on it who is still in.
governance-step-surplus = What { $of } had above the number that is needed goes on to the next preferences.
governance-step-exclusion = { $of } had the fewest and goes out; those ballots count for their next preference.
governance-step-funded = How many want each, and what is paid for within the budget.
governance-step-drawn = The lot was drawn.
governance-step-rest = As many are left as there are seats, so they are chosen.
governance-needed = { $votes } are needed.
governance-by-lot = Several were equal here; the lot decided between them.
governance-by-earlier = Several were equal here; an earlier step at which they differed decided.
governance-elected = Chosen: { $who }
governance-recount = Anybody can count again, on their own computer: save the ballots, and run this beside the file. Two programs written apart from each other count, and say whether both find what stands here.
governance-ballot-file = Save the ballots
governance-your-statement = What you would do
governance-stand = I stand
governance-stand-down = I do not stand any more
governance-stand-told = You stand in this election.
governance-stand-down-told = You do not stand any more.
governance-costs = Costs { $cost }

# Asking.
governance-ask = Ask something
governance-ask-question = Question
governance-ask-check = Check
governance-ask-dates = Dates
governance-ask-election = Election
governance-ask-question-lead = The members choose between what you put to them, and what they choose stands in the register.
governance-ask-check-lead = A temperature check: find out how the others feel about something before anything is proposed. It decides nothing.
governance-ask-dates-lead = Find a date: everybody says of each whether it suits them. It decides nothing.
governance-ask-election-lead = Members stand, then all vote. Whoever is elected has the role until the term ends.
governance-ask-question-title = Your question
governance-ask-check-title = What would you like to know?
governance-ask-dates-title = What is the date for?
governance-ask-election-title = What is elected?
governance-ask-reason = What should they know?
governance-ask-whom = Who is asked?
governance-ask-options-hint = Two at least. What you leave empty is left out.
governance-ask-dates-hint = Two at least. What you leave empty is left out.
governance-ask-option = Option { $number }
governance-ask-cost = What it costs
governance-ask-more = One more
governance-ask-other-ways = Other ways to count
governance-warmth-for = I am all for it
governance-warmth-fine = I could live with it
governance-warmth-doubts = I have doubts
governance-warmth-against = I am against it
governance-ask-open = Open for votes
governance-ask-days = { $days ->
    [one] One day
   *[other] { $days } days
 }
governance-ask-counted = How is it counted?
governance-ask-points = Dots or credits of each ballot
governance-ask-points-hint = What everybody can spread over the options.
governance-ask-budget = The money that there is
governance-ask-budget-hint = In whole units of your money. Above, beside each option, write what it costs.
governance-ask-seats = How many are elected?
governance-ask-role = Elected as
governance-ask-treasurer = Treasurer
governance-ask-treasurer-about = Looks after the money, within the rule of the wallet.
governance-ask-steward = Steward
governance-ask-steward-about = Looks after the whole: invites, gives roles, keeps order.
governance-ask-term = For how long?
governance-ask-months = { $months } months
governance-ask-nominate = Time to stand
governance-ask-vote = Time to vote, after that
governance-ask-send = Ask it
governance-asked = You have asked. Everybody concerned can see it now.

# Open and secret ballots.
governance-ballots-are = Ballots
governance-ballots-open = Open
governance-ballots-open-about = Everybody can see afterwards who voted for what.
governance-ballots-secret = Secret
governance-ballots-secret-about = Everybody can see afterwards who took part and what all ballots say, and nobody which one is whose.
governance-vote-secretly = Cast my ballot
governance-secret-cast = Your browser first asks for your ballot under your name, then casts it under no name. It keeps the ballot, so change your vote in this browser. If it loses the ballot, nobody can give you another.
governance-secret-later = Only get my ballot, cast it later
governance-secret-what = What is secret here, and what is not
governance-secret-nobody = Nobody can tell from what is written down which ballot is yours, not even who runs the club’s computer: the ballot was made valid without being seen.
governance-secret-trusted = Whoever runs it could still guess, by watching requests and ballots arrive: when, and from which address. The program writes down when you asked for your ballot, but not when one was cast, nor any address. If that matters to you, get your ballot first and cast it hours later, over another connection.
governance-secret-published = When the vote is over, all ballots are published, with who asked for one. So anybody can check that there are no more ballots than people, and count again.
governance-secret-receipt = After the end your browser looks for your ballot among them and tells you if it is missing or altered. Your receipt shows which one is yours. It can also prove to somebody else how you voted: keep it to yourself.

# Whoever a proposal is about is heard.
governance-hearing = What { $name } says
governance-hearing-none = This is about { $name }, who was told and has not said anything yet.
governance-hearing-yours = This is about you. What do you say?
governance-hearing-hint = It stands here, above the votes, for all who decide. You can change it until the end.
governance-respond = Say it
governance-respond-again = Change it
governance-responded = It stands beside the proposal now.

# Who votes for whom.
governance-delegates = Who votes for you
governance-delegates-lead = Can’t follow everything? Name somebody whom you trust. Where you do not vote yourself, they vote for you; wherever you do, only your own vote counts.
governance-delegates-where = Whose decisions
governance-delegates-mine = Whom you have named
governance-delegates-none = Nobody. You vote for yourself, and where you do not, you have no vote.
governance-delegates-who = Who votes for you?
governance-delegates-who-hint = A member of the same group.
governance-delegates-name = Name them
governance-delegates-named = They vote for you from now on, where you do not vote yourself.
governance-delegates-until = until { $day }
governance-delegates-goes-on = { $name } has named { $end }
governance-delegates-end = Take back
governance-delegates-ended = It is taken back, and holds no more.
governance-delegates-of-me = Who has named you
governance-delegates-of-me-note = Whenever you vote, you vote for them too, unless they vote themselves. They see what you say.
governance-delegates-decline = I would rather not
governance-delegates-all = Who speaks for whom
governance-delegates-all-none = Everybody speaks for themselves.
governance-delegates-how = How this works
governance-delegates-how-own = Your own vote always goes before. You can vote until the end, also when somebody has voted for you already, and you can take back whom you named at any time. It holds at once.
governance-delegates-how-weight = Nobody has more than one vote. When a vote ends, what your delegate said is put in once more, as your ballot, with both names beside it; then all ballots are counted alike.
governance-delegates-how-on = If whom you named does not vote and has named somebody too, it goes on to them.
governance-delegates-how-circle = Names cannot go round in a circle. If one comes about because somebody takes a name back, nothing is cast for those in it.
governance-delegates-how-most = One person votes for one in twenty at the most, for at least two and never for more than ten. If more name them, those who did so first are voted for.
governance-delegates-how-year = It ends after a year, unless you name them again.
governance-delegates-how-secret = In a secret vote nobody can vote for you. Nobody knows there which ballot is whose, so you could not see what was cast for you. Where two have to sign, each signs for themself.
governance-delegates-how-early = A vote that is settled before its time is settled by those who voted themselves.
governance-topic = In what?
governance-topic-all = Everything
governance-topic-people = People and roles
governance-topic-money = Money
governance-topic-rules = Rules
governance-topic-other = Everything else
governance-speaks-for = { $count ->
    [one] { $name } speaks for one person
   *[other] { $name } speaks for { $count } people
 }
governance-through = through { $name }
governance-for-you-cast = { $name } has voted for you: { $said }.
governance-for-you-nothing = { $name } has voted for you and left it to the others.
governance-for-you-was-cast = { $name } voted for you: { $said }.
governance-for-you-ended = { $name } voted for you.
governance-for-you-waits = { $name } votes for you here, and has not voted yet.
governance-for-you-full = { $name } speaks for as many as one person may, so no ballot is cast for you. Please vote yourself.
governance-for-you-own = You can vote yourself until the end; then only that counts.
governance-you-for = You vote for { $people } too.
governance-you-for-seen = They see what you say, and can vote themselves until the end.

# What is said about a decision, what comes of it, and the register.
governance-talk = What members think of it
governance-pros = Reasons for it
governance-cons = Reasons against it
governance-side-none = None yet.
governance-reword = Change or take back
governance-reworded = changed
governance-reworded-text = In other words
governance-reword-send = Change it
governance-reword-told = It is changed, and marked as changed.
governance-talk-none = Nobody has said anything yet. A reason helps more than a vote.
governance-talk-summary = { $pros ->
    [one] One reason for it
   *[other] { $pros } reasons for it
 }, { $cons ->
    [one] one against it
   *[other] { $cons } against it
 }, { $queries ->
    [one] one question
   *[other] { $queries } questions
 }
governance-your-remark = What do you think?
governance-your-answer = Your answer
governance-answer = Answer
governance-remark-kind = It is
governance-remark-remark = a remark
governance-remark-pro = a reason for it
governance-remark-con = a reason against it
governance-remark-query = a question
governance-say = Say it
governance-said = It stands below the decision.
governance-unsay = Take it back
governance-unsaid = This was taken back.
governance-stated = What came of it
governance-state-it = State what came of it
governance-state-again = State it in other words
governance-statement-text = What came of it
governance-statement-hint = So that somebody who reads it in a year knows what was meant.
governance-review = Look at it again on
governance-review-hint = Nothing has to hold for ever. On that day it waits for you, and is marked in the register.
governance-review-due = Look again
governance-state-send = State it
governance-state-told = It stands with the decision now.
governance-follows = What follows from it
governance-follow-add = Something follows from it
governance-follow-what = What is to be done?
governance-follow-who = Who does it?
governance-follow-who-hint = A handle. Empty: you.
governance-follow-until = Until
governance-follow-send = Write it down
governance-follow-told = It is written down.
governance-follow-open = To do
governance-follow-late = Late
governance-follow-done = Done
governance-follow-do = It is done
governance-follow-undo = Not done after all
governance-follow-done-told = Well done.
governance-follow-undone = It is to be done again.
governance-register = Register of decisions
governance-register-lead = All that was decided, how, and what came of it. Each has its place in the record that cannot be rewritten.
governance-register-words = Words
governance-register-state = What became of it
governance-register-any = Anything
governance-register-search = Search
governance-register-nothing = Nothing like this was decided
governance-register-nothing-text = Try other words, or look at everything.
governance-register-empty = Nothing has been decided yet
governance-register-empty-text = What members decide is kept here, with its number, its count and its place in the record.
governance-register-voices = { $yes } for, { $no } against{ $abstain ->
    [0] {""}
   *[other] , { $abstain } left it to the others
 }; { $voted } of { $electorate } took part
governance-register-took-part = { $voted } of { $electorate } took part
governance-register-csv = As a table
governance-register-json = For programs
governance-command-poll = Asks the group a question with answers to choose from.
governance-command-propose = Asks the group yes or no.

# What waits.
governance-due-review = Look again at what was decided: { $what }
governance-due-hearing = This is about you, and you are heard: { $what }
governance-due-follow_up = You have taken this on: { $what }
governance-due-day = { $day }
governance-open-until = Open until { $day }
governance-turn = A question to the members
