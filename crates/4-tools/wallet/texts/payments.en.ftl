# The wallet: several currencies, and payments that are more than one transfer.

wallet-which = Which account?
wallet-have = You have { $balance } and can go down to { $min }.
wallet-have-only = You have { $balance }.
wallet-not-held = You have no account in { $code } yet, which is asked for here. Choose one of yours, or ask what they would take instead.
wallet-plus = plus
wallet-for-commons = for the commons
wallet-levy-title = Pay?
wallet-levy-lead = This currency adds a little to each payment to { $name }, for what everybody shares.
wallet-levy-amount = They get

wallet-total = All of it together
wallet-total-without = Not counted, because nobody has posted a rate to { $home }:
wallet-rate-by = posted by { $name }
wallet-rate-source = from { $name }
wallet-rate-club = set by the club
wallet-home = Show the total in another currency
wallet-home-which = Currency of the total
wallet-home-hint = Nothing is exchanged. Only you see the total.
wallet-home-save = Show the total in this
wallet-home-saved = The total is shown in this currency now.

wallet-ways = More ways to pay
wallet-way-many = Pay a list
wallet-way-about-many = Wages, shares, thanks: everybody on it is paid at once, or nobody.
wallet-way-hold = Put something aside
wallet-way-about-hold = A deposit or a promise: they take it when the time has come.

wallet-hold = Put aside
wallet-holds = Put aside
wallet-hold-to = For { $name }
wallet-hold-from = For you from { $name }
wallet-hold-until = until
wallet-hold-lead = The amount stays with you but cannot be spent. They take all of it or a part. What they do not take in time is yours again.
wallet-hold-whom = For whom?
wallet-hold-time = For how long?
wallet-hold-time-hint = Until then you can take it back yourself, as long as they have not taken it.
wallet-hold-hour = One hour
wallet-hold-day = One day
wallet-hold-week = One week
wallet-hold-month = 30 days
wallet-hold-quarter = 90 days
wallet-hold-do = Put aside
wallet-hold-done = It is put aside. They can take it now.
wallet-hold-payer = Put aside by
wallet-hold-payee = For
wallet-hold-ends = Until
wallet-hold-state-open = put aside
wallet-hold-state-settled = taken
wallet-hold-state-voided = given back
wallet-hold-state-expired = not taken in time, given back
wallet-hold-for-you = Take it when what was agreed has happened. Until you do, whoever put it aside can take it back, and at its end it goes back by itself.
wallet-hold-by-you = They can take it until its end. What they do not take is yours again.
wallet-hold-take-amount = How much do you take?
wallet-hold-take-hint = What you leave goes back at once.
wallet-hold-take = Take it
wallet-hold-take-back = Take it back
wallet-hold-let-go = Let go of it
wallet-hold-taken = It is yours now.
wallet-hold-released = It is given back.

wallet-refund = Give back
wallet-refund-lead = Give back what was paid to you, all of it or a part. It stands in both statements, with the payment it belongs to.
wallet-refund-payer = Paid by
wallet-refund-left = Can still be given back
wallet-refund-amount = How much do you give back?
wallet-refund-memo = Why?
wallet-refund-do = Give back
wallet-refund-all = All of this payment was given back.
wallet-refund-not-yours = Only whoever was paid can give this back.
wallet-refunded = Given back. It has arrived.
wallet-gives-back = The payment that this gives back
wallet-given-back = Given back of it so far:

wallet-many-lead = Paste a list or choose a file. You see every row before anything is paid, and then all of it is paid at once, or nothing.
wallet-many-file = A file
wallet-many-file-hint = A list in CSV, as any spreadsheet saves it; up to 10,000 rows.
wallet-many-list = Or the list itself
wallet-many-list-hint = One row for each: name or @handle, amount, what for. Semicolons, commas or tabs between them.
wallet-many-look = Look at it
wallet-many-example = What a list looks like
wallet-many-example-text = The first line may say what the columns are. Amounts can have a point or a comma.
wallet-many-check = Look before you pay
wallet-many-count = { $count ->
    [one] One row. Nothing is paid yet.
   *[other] { $count } rows. Nothing is paid yet.
}
wallet-many-commons = Plus for the commons
wallet-many-before = You have
wallet-many-after = Then you have
wallet-many-repeated = { $count ->
    [one] One row names somebody who stands on the list already.
   *[other] { $count } rows name somebody who stands on the list already.
}
wallet-many-pay = { $count ->
    [one] Pay this row
   *[other] Pay all { $count } rows
}
wallet-many-bad = { $count ->
    [one] One row needs another look
   *[other] { $count } rows need another look
}
wallet-many-bad-text = Mend them here or leave them out. Nothing is paid before all rows are fine.
wallet-many-bad-more = And { $count } more, when these are mended.
wallet-many-again = Look again
wallet-many-row = Row { $row }
wallet-many-number = Row
wallet-many-who = Who
wallet-many-out = Leave this row out
wallet-many-good = Rows that are fine
wallet-many-good-more = And { $count } more that are fine.
wallet-many-paid = Everybody on the list is paid.

wallet-card = A card for the counter
wallet-card-lead = Print it and put it where people pay. It fits on a postcard cut in half (A6).
wallet-card-print = Print the card
wallet-card-takes = takes { $currency }
wallet-card-scan = Scan the code with your phone’s camera.
wallet-card-amount = Write the amount and press Pay.
wallet-card-show = Show that it has arrived. Thank you!

wallet-way-split = Split a bill
wallet-way-about-split = You paid for several people: each is asked for a share.
wallet-split = A bill that was split
wallet-splits = Bills you split
wallet-split-lead = Somebody paid, and several shared. Everybody gets a bill for their part, and you see who has paid.
wallet-split-people = Who shares it?
wallet-split-people-hint = One name or @handle a line. To give somebody a share of their own, write it behind the name: Ben; 12.50
wallet-split-mine = I bear a share too
wallet-split-mine-hint = You are not asked to pay yourself; your share just stays with you.
wallet-split-look = See the shares
wallet-split-check = Who is asked for what
wallet-split-own = Your own share
wallet-split-uneven = It does not come out even: some bear the smallest unit more than others, you first.
wallet-split-send = { $count ->
    [one] Send the bill
   *[other] Send { $count } bills
}
wallet-split-done = The bills are on their way.
wallet-split-paid = Paid so far
wallet-split-who = Who was asked
wallet-split-count = { $paid } of { $count } have paid

wallet-way-standing = Pay again and again
wallet-way-about-standing = Rent, dues, a box of vegetables: paid on its day until you end it.
wallet-standing = Paid again and again
wallet-standing-all = All
wallet-standing-lead = It is paid on its days as if you did it then: your limits hold, and you can pause or end it at any time.
wallet-standing-new = A new one
wallet-standing-every = How often?
wallet-every-week = every week
wallet-every-fortnight = every two weeks
wallet-every-month = every month
wallet-every-quarter = every three months
wallet-every-year = every year
wallet-standing-first = First day
wallet-standing-last = Last day
wallet-standing-last-hint = Without one it goes on until you end it. What begins on the 31st is paid on the last day of shorter months.
wallet-standing-do = Set it up
wallet-standing-done = It is set up.
wallet-standing-next = next on { $day }
wallet-standing-until = until { $day }
wallet-standing-paused = paused
wallet-standing-again = The last attempt was refused and is made again tomorrow:
wallet-standing-gave-up = It was tried for four days and then paused:
wallet-standing-pause = Pause
wallet-standing-resume = Go on
wallet-standing-end = End
wallet-standing-is-paused = It is paused.
wallet-standing-goes-on = It goes on with its next day.
wallet-standing-ended = It has ended.

wallet-way-exchange = Exchange
wallet-way-about-exchange = One currency for another, at a rate that somebody here offers.
wallet-exchange-lead = These are rates that members and groups offer for what you have. Both halves happen in one step, or neither.
wallet-exchange-none = Nobody offers to exchange what you have
wallet-exchange-none-text = When a member or a group posts a rate for one of your currencies, it stands here.
wallet-exchange-pair = { $from } for { $to }
wallet-exchange-with = You exchange with
wallet-exchange-give = How much do you give?
wallet-exchange-look = See what you get
wallet-exchange-check = You get
wallet-exchange-for = For
wallet-exchange-rate = Rate
wallet-exchange-rounded = Rounded down to what the currency can count, in favour of whoever offers the rate.
wallet-exchange-do = Exchange
wallet-exchanged = Exchanged.

# What waits.
wallet-standing-stopped = Your standing payment to { $name } is paused
