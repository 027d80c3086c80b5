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
