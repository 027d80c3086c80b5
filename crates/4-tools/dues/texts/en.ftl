# Dues and member shares.

dues-title = Membership
dues-lead = What you owe the club, what you own of it, and what membership costs.
dues-costs = What membership costs
dues-to-the-door = Back to the door
dues-how = How you pay
dues-help = When you cannot pay
dues-more = What you own, and who else does
dues-before = What was settled before
dues-open = To be paid
dues-nothing-open = You owe the club nothing at present.
dues-pay = Pay now
dues-due = due on { $day }
dues-not-paid = It could not be paid by itself:
dues-of-period = Dues from { $day }
dues-state-owed = open
dues-state-late = overdue
dues-state-paid = paid
dues-state-waived = waived
dues-state-set-off = set off
dues-by-itself = Pay my dues by themselves
dues-by-itself-hint = On the due day they are paid out of your wallet. If that fails, nothing happens but that you are told.
dues-email = Remind me by mail
dues-email-hint = A week before the day, and twice after it if it slipped your mind. Only this page uses the address.
dues-save = Save
dues-propose = Propose other terms
dues-propose-first = Propose what membership costs
dues-no-terms = Membership costs nothing so far
dues-no-terms-text = The members can decide on a joining fee, on dues and on shares. Any member may propose it.
dues-since = So it has been since { $day }.
dues-decision = The decision of the members
dues-none = nothing
dues-once = once
dues-each = each
dues-joining-fee = Joining fee
dues-dues = Dues
dues-every = How often
dues-every-month = every month
dues-every-quarter = every quarter
dues-every-year = every year
dues-next = the next on { $day }
dues-share-price = Price of a share
dues-how-many = How many shares
dues-how-many-text =
    { $least ->
        [0] Nobody has to hold shares; a member may hold up to { $most }.
       *[other] Each member holds at least { $least } and at most { $most }.
    }
dues-notice = Getting shares back
dues-notice-text =
    { $count ->
        [0] As soon as you ask for it, at the price you paid.
        [one] One day after you ask for it, at the price you paid.
       *[other] { $count } days after you ask for it, at the price you paid.
    }
dues-vote = Votes
dues-vote-text = One member, one vote, however many shares.
dues-hardship = If somebody cannot pay

# Proposing terms.
dues-propose-title = What should membership cost?
dues-propose-lead = The members decide about this. What is owed already stays as it was; new terms hold from their first day on.
dues-currency = Currency
dues-joining-and-dues = Joining, and every period
dues-joining-fee-hint = What a newcomer pays once, within a month. Zero for nothing.
dues-dues-hint = What each member pays every period. Zero for nothing.
dues-first = First due day
dues-first-hint = The following ones fall on the same day of the month, or on its last. Amounts are shown two weeks ahead.
dues-share-price-hint = What a member pays for one share, and gets back for it. Zero where there are no shares.
dues-least-shares = Shares at the least
dues-least-shares-hint = How many each member has to hold.
dues-most-shares = Shares at the most
dues-most-shares-hint = How many a member may hold.
dues-notice-days = Days of notice
dues-notice-days-hint = How long the club may take to repay shares.
dues-and-else = And else
dues-keep-years = Years in the register
dues-keep-years-hint = How long the register names those who have left, without any address.
dues-hardship-hint = What somebody does who cannot pay, and who decides. Nobody should have to explain their life.
dues-propose-it = Propose it
dues-back = Back
dues-told-proposed = Proposed. The members decide now.
dues-told-set = The terms hold from now on.
dues-told-paid = Paid. Thank you!
dues-told-saved = Saved.

# Help.
dues-help-private = You need not give reasons. Only you and those who keep the club's books see your request.
dues-ask = Ask to pay less, or later
dues-ask-title = What would help you?
dues-ask-lead = Many people have a hard month. Say what would help; whoever keeps the club's books answers, and nobody else learns of it.
dues-what-helps = What would help
dues-kind-reduce = Paying less for a time
dues-kind-reduce-text = A part of the dues, until the day below.
dues-kind-pause = A pause
dues-kind-pause-text = No dues at all until the day below.
dues-kind-waive = Waiving what is open
dues-kind-waive-text = What you owe now is not owed any more.
dues-percent = How much in a hundred can be paid
dues-percent-hint = Only for paying less: 50 is half of it.
dues-until = Until when
dues-until-hint = Not needed for waiving.
dues-words = Anything else to know
dues-words-hint = Only if you want to.
dues-ask-button = Ask
dues-take-back = Take back
dues-wish-reduce = Pay { $percent } in a hundred until { $day }
dues-wish-pause = Pause until { $day }
dues-wish-waive = Waive what is open
dues-relief-asked = waits for an answer
dues-relief-granted = granted
dues-relief-refused = not granted
dues-relief-withdrawn = taken back
dues-told-asked = Asked. You will find the answer here.
dues-told-withdrawn = Taken back. What you wrote is forgotten.

# Shares.
dues-shares = Shares
dues-shares-lead = A share is your part of the club's own money. It gives no more votes than anybody has, and you get back what you paid for it.
dues-shares-held =
    { $count ->
        [0] You hold no shares
        [one] You hold one share
       *[other] You hold { $count } shares
    }
dues-shares-missing =
    { $count ->
        [one] Every member holds shares; you still need one.
       *[other] Every member holds shares; you still need { $count }.
    }
dues-shares-buy = Buy shares
dues-shares-full = You hold as many as a member may hold: { $most }.
dues-shares-least = You hold as many as every member has to: { $least }. Whoever leaves the club gets all of them back.
dues-shares-back = Give shares back
dues-no-shares = This club has no shares
dues-no-shares-text = The members can decide that there are some. Then you buy them here.
dues-number = How many
dues-number-hint = They are paid out of your wallet at once.
dues-buy = Buy
dues-back-text =
    { $count ->
        [0] They are repaid into your wallet as soon as the treasurer gets to it, at the price that you paid.
       *[other] They are repaid into your wallet after { $count } days, at the price that you paid. Until then you can keep them after all.
    }
dues-number-back = How many go back
dues-number-back-hint = Up to { $count }.
dues-give-back = Give back
dues-lot =
    { $count ->
        [one] One share
       *[other] { $count } shares
    }
dues-bought = bought on { $day }
dues-repayments = Given back
dues-repaid = repaid
dues-kept = kept after all
dues-repayment-due = owed now
dues-repayment-on = to be repaid from { $day } on
dues-keep = Keep them
dues-certificate = Certificate of shares
dues-certificate-says =
    { $count ->
        [one] { $name } holds one share of { $club }.
       *[other] { $name } holds { $count } shares of { $club }.
    }
dues-member-since = A member since { $day }.
dues-certificate-note = As of { $day }, according to the club's register.
dues-print-hint = Print this page with your browser: everything to press is left out on paper.
dues-proof = What proves it
dues-when = Bought
dues-number-of = Shares
dues-paid-in = Paid in
dues-told-bought = Bought. The club is yours a little more.
dues-told-given-back = Given back. You see below when they are repaid.
dues-told-kept = They stay yours.

# The register.
dues-register = Register of members
dues-register-note = Who belongs to the club, and since when.
dues-register-lead =
    { $count ->
        [one] One member.
       *[other] { $count } members.
    }
dues-register-part = How many shares others hold is for those who keep the register.
dues-search = Name
dues-search-go = Search
dues-who = Who
dues-since-when = Member since
dues-until-when = Until
dues-left-before = has left
dues-has-left = has left the club
dues-members-now = Members
dues-members-past = Past members ({ $count })
dues-suspended = suspended
dues-nobody = Nobody by that name
dues-nobody-text = Try a part of the name, or look at all of them.
dues-all = All members
dues-copy = A copy
dues-copy-text = It is counted that a copy was taken. Keep it as carefully as the register itself.
dues-copy-csv = As a spreadsheet
dues-copy-json = As JSON
dues-proof-text = Each of these stands in the club's log, which nobody can rewrite unnoticed.
dues-profile = Profile
dues-address = Where somebody lives and how to reach them is in the profile, as far as they show it to you.
dues-proven-joined = Joined the club
dues-proven-bought =
    { $count ->
        [one] Bought one share
       *[other] Bought { $count } shares
    }
dues-proven-repaid =
    { $count ->
        [one] One share was repaid
       *[other] { $count } shares were repaid
    }
dues-proven-left = Left the club
dues-event = event { $position } of the log,
dues-event-waits = being sealed,
dues-no-event = from before the log, or without an event of its own

# The treasurer's page.
dues-desk = Dues and shares: the books
dues-desk-lead = What came in, what is outstanding, and who asks for help. What you see here stays here.
dues-desk-outstanding =
    { $count ->
        [one] One amount outstanding
       *[other] { $count } amounts outstanding
    }
dues-desk-overdue = of which overdue
dues-desk-capital =
    { $count ->
        [one] Share capital, one share
       *[other] Share capital, { $count } shares
    }
dues-desk-reliefs = Who asks for help
dues-desk-repayments = Shares to be repaid
dues-desk-repayments-text = Each is paid out of the club's wallet, by the rule of that wallet. Where there is not enough in it, it stays owed and stays here.
dues-desk-owed = What is owed
dues-desk-nothing-owed = Nobody owes anything at present.
dues-desk-months = By month
dues-desk-no-months = Nothing came in during the last year.
dues-month = Month
dues-came-dues = Dues and fees
dues-came-waived = Waived
dues-repay = Repay
dues-waive = Waive
dues-own-affair = Your own: somebody else decides it.
dues-answer = Your answer
dues-grant = Yes
dues-grant-text = As it was asked for, or with the part that you write here.
dues-refuse = Not this time
dues-refuse-text = Say in a sentence what else could help.
dues-answer-words = What you say to it
dues-answer-hint = The member reads it.
dues-answer-button = Answer
dues-told-answered = Answered.
dues-told-repaid = Repaid.
dues-told-waived = Waived.
