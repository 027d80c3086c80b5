# Money of the world: who holds it, paying in and out, the treasurer's desk.

treasury-title = Money of the world
treasury-lead = Pounds, euros and other money that a group here keeps in its bank account for members. What you hold is a claim on that group.
treasury-wallet = Wallet
treasury-at = { $money } with { $holder }
treasury-none = Nobody holds money for members yet
treasury-none-text = A group with a bank account can keep pounds or euros for members, who then pay each other here at once and without a fee. The money stays at the bank; everybody sees who holds it and on what terms.
treasury-what = How does this work?
treasury-what-text = You transfer money to the group's bank account. Once its treasurer has seen it there, you have a claim for the same amount. You pay others with it, and you can have it paid out to your bank account at any time.
treasury-nobody = Whoever runs this software holds nobody's money. It lies in the bank account that is named here, and the group that is named here owes it to you.
treasury-groups = See the groups
treasury-no-group = No group of yours can hold money
treasury-no-group-text = Money is held by a group that has a bank account. Its treasurer or steward begins here, and its members decide.
treasury-proposed = The rules want others to decide this. It is now open for votes.

# Opening and changing.
treasury-new = Hold money for members
treasury-new-lead = Two minutes: who holds it, in which account, on what terms. The group's members decide, as the club's rules say.
treasury-legal = Ask before you begin
treasury-legal-text = Holding other people's money is regulated nearly everywhere. Small and closed circles are often exempt, but nobody has checked that for you. Ask somebody who knows the law where you live.
treasury-holder = Who holds the money?
treasury-holder-hint = A group with a bank account in its own name.
treasury-which = Which money?
treasury-the-account = The bank account
treasury-the-account-text = It must belong to the group. Members who pay in will see it.
treasury-account-name = Name on the account
treasury-iban = IBAN
treasury-iban-hint = Or a sort code and an account number below.
treasury-bic = BIC
treasury-sort-code = Sort code
treasury-sort-code-hint = Six digits, in the United Kingdom.
treasury-account-number = Account number
treasury-terms = The terms
treasury-terms-text = In plain words. Everybody who hands over money reads them.
treasury-pace = How quickly is it paid out?
treasury-pace-hint = For example: within three working days.
treasury-leaving = What happens when somebody leaves?
treasury-leaving-hint = For example: we pay out everything within two weeks.
treasury-fees = What does it cost?
treasury-fees-hint = For example: nothing. Or: the card processor's fee is borne by the group.
treasury-cap = The most that is held, for all together
treasury-cap-hint = A limit protects both sides. It can be changed later.
treasury-cash = Who takes cash?
treasury-cash-hint = Handles with commas between them, such as @rosa, @ben.
treasury-open = Hold this money
treasury-opened = The account is open. Members can pay in from now on.
treasury-change = Change the terms
treasury-change-lead = The members of the group decide about changes, as the club's rules say.
treasury-changed = The terms are changed.
treasury-save = Save
treasury-back = Not now
treasury-close = Stop holding this money
treasury-close-text = Nothing new comes in from then on. What is there stays owed, and is paid out to whoever asks.
treasury-closed = From now on money only goes out.
treasury-closing = This money is being given back
treasury-closing-text = The holder has decided to stop. Nothing new comes in. Please have your money paid out.

# The page of a money.
treasury-desk = Treasurer's desk
treasury-pay-in = Pay in
treasury-pay-out = Have it paid out
treasury-your-claim = Your claim
treasury-claim-of = The claim of { $name }
treasury-available = To be spent at present:
treasury-no-account = You have no account in this money yet. Pay in, or open one so that others can pay you.
treasury-accept = Open an account
treasury-accepted = You can be paid in this money now.
treasury-who = Who holds it, and on what terms
treasury-who-text = { $holder } keeps these { $money } in its own bank account and owes them to those who have a claim.
treasury-holder-is = Holder
treasury-cash-people = Cash is taken by
treasury-books = Is it all there?
treasury-claimed = Claimed by all together
treasury-earned = The holder's own part, received in payments
treasury-entrusted = Paid in, less paid out
treasury-in-cash = Of it in cash, with those who take it
treasury-at-cards = Of it at the card processor
treasury-kept = Kept by the card processor, borne by the holder
treasury-expected = Should be at the bank
treasury-seen = Is at the bank
treasury-seen-by = On { $day }, as { $name } saw it
treasury-difference = Difference
treasury-because = What explains the difference
treasury-because-own = The holder's own money, seen on statements
treasury-because-open = Lines on statements that nobody has looked at yet
treasury-because-sent = Sent, and not on a statement yet
treasury-because-unseen = Confirmed, and not on a statement yet
treasury-because-rest = Was there before, or needs a look
treasury-covered = Every claim is covered by what was seen at the bank
treasury-uncovered = What was seen does not cover all claims
treasury-uncovered-text = Ask the holder what happened. The list below says what is known.
treasury-unseen = Nobody has looked at the bank yet
treasury-unseen-text = As soon as a treasurer says what stands at the bank, you can compare it here.
treasury-under-way = Under way: { $ins ->
    [one] 1 payment in
   *[other] { $ins } payments in
 } and { $outs ->
    [one] 1 payment out
   *[other] { $outs } payments out
 }.
treasury-my-ins = Your payments in
treasury-my-outs = Your payments out

# Paying in.
treasury-pay-in-lead = You hand the money to { $holder }. Once it has arrived, you can spend it here.
treasury-amount = Amount
treasury-how = How do you pay?
treasury-in-by-bank = Bank transfer
treasury-how-bank = You get a reference to write on your transfer.
treasury-in-by-cash = Cash
treasury-how-cash = You hand it to somebody whom the group has named for it.
treasury-in-by-card = Card
treasury-named = Who takes the cash?
treasury-named-hint = Only if you pay in cash. They confirm that you handed it over.
treasury-go-on = Go on
treasury-promise = Nothing is booked until the money has really arrived.
treasury-announced = It is announced. Now hand over the money.
treasury-your-in = Your payment in
treasury-in-of = Payment in by { $name }
treasury-in-waiting = Waiting for the money
treasury-in-arrived = It has arrived
treasury-in-withdrawn = Taken back
treasury-in-withdrawn-text = If the money arrives all the same, it is still booked.
treasury-in-late = Late
treasury-in-late-text = It has not come in the time in which it was expected. If it still comes, it is booked all the same.
treasury-in-bank-text = Transfers usually take a day. You need do nothing more than send it.
treasury-in-cash-text = Hand the cash to { $name }, who confirms it here at once.
treasury-over = That is { $amount } more than announced; all of it is yours.
treasury-under = That is { $amount } less than announced; what arrived is yours.
treasury-transfer = Make this transfer
treasury-transfer-text = Write this reference on the transfer, and nothing else. By it your money is known.
treasury-scan = Your bank's app can scan this.
treasury-announced-amount = Announced
treasury-arrived-amount = Arrived
treasury-how-it-comes = How
treasury-reference = Reference
treasury-handed-to = Cash goes to
treasury-asked = Since
treasury-ended = Settled
treasury-expected-until = Expected until
treasury-confirm-bank = Has it arrived at the bank?
treasury-confirm-cash = Was the cash handed to you?
treasury-really-arrived = What really arrived
treasury-really-arrived-hint = It may be more or less than announced.
treasury-confirm = Confirm
treasury-confirmed = Confirmed. The claim is booked.
treasury-take-back = Take it back
treasury-taken-back = Taken back.

# Paying out.
treasury-pay-out-lead = The amount is put aside at once. The treasurer sends it and says so here.
treasury-have = You can have { $amount } paid out.
treasury-pay-out-of = From the wallet of { $name }, by its rule: where you cannot decide this alone, the others are asked first. Then the amount is put aside, and the treasurer who holds the money sends it.
treasury-have-of = { $name } can have { $amount } paid out.
treasury-their-account = The bank account it goes to
treasury-forgotten-decided = Who holds the money, and those who decide, see the name on the account and its last digits. The account is forgotten when the money was sent, or after 60 days. It never stands in the record.
treasury-your-account = To which account?
treasury-ask-out = Ask for it
treasury-forgotten = Only you and the group's treasurers see this account. It is forgotten as soon as the money was sent.
treasury-asked-out = Asked. The amount is put aside for you.
treasury-your-out = Your payment out
treasury-out-of = Payment out to { $name }
treasury-to-account = To { $payee }, account ending in { $tail }
treasury-to-card = Back to the card
treasury-goes-to = Goes to
treasury-out-asked = Waiting to be sent
treasury-out-text-asked = The amount is put aside. You are told when it was sent.
treasury-out-sending = Being sent
treasury-out-text-sending = The card processor has been told.
treasury-out-sent = Sent
treasury-out-text-sent = It is on its way to the bank account, or there already.
treasury-out-refused = Refused, and given back
treasury-out-text-refused = The amount is yours again.
treasury-out-because = “{ $reason }” The amount is available again.
treasury-out-withdrawn = Taken back
treasury-out-text-withdrawn = The amount is available again.
treasury-out-expired = Given back
treasury-out-text-expired = Nobody sent it for a year, so the amount was given back. Ask again, and ask the holder why.
treasury-send = Send it
treasury-send-text = Make the transfer at your bank, with this reference. Then say so here.
treasury-sent-on = Sent on
treasury-bank-reference = The bank's reference of it
treasury-was-sent = It was sent
treasury-sent-told = Good. The member sees that it was sent.
treasury-refuse = Refuse it
treasury-reason = Why?
treasury-refused-told = Refused. The amount was given back.

# The treasurer's desk.
treasury-reconciled = Everything up to { $day } is reconciled
treasury-reconciled-except = Everything up to { $day } is reconciled, except
treasury-except-lines = { $count ->
    [one] 1 line that nobody has looked at
   *[other] { $count } lines that nobody has looked at
 }
treasury-except-ins = { $count ->
    [one] 1 payment in that was confirmed by hand and is on no statement
   *[other] { $count } payments in that were confirmed by hand and are on no statement
 }
treasury-except-outs = { $count ->
    [one] 1 payment out that was sent and is on no statement
   *[other] { $count } payments out that were sent and are on no statement
 }
treasury-no-statement = No statement has been uploaded yet
treasury-no-statement-text = Your bank offers statements as a file. Upload it below, and what belongs together is found for you.
treasury-lines = Lines to look at
treasury-match-all = { $count ->
    [one] Agree to the 1 that is certain
   *[other] Agree to all { $count } that are certain
 }
treasury-why-reference = The reference of { $name } and the amount agree.
treasury-why-other-amount = The reference of { $name }, who announced { $amount }.
treasury-why-confirmed = You know this already: { $name }, { $amount }. The line shows it.
treasury-why-again = { $name } used a reference again. Say below whose money it is.
treasury-why-name = No reference, but name and amount are those of { $name }.
treasury-own-line = It is your own, so another treasurer has to agree.
treasury-yes = Yes, that is it
treasury-something-else = It is something else
treasury-no-words = A line without words
treasury-whose = Whose money is it?
treasury-whose-hint = They get a claim for the whole amount.
treasury-credit = Book it for them
treasury-credited = Booked.
treasury-kept-by = What the card processor kept
treasury-aside-cards = From the card processor
treasury-aside-cash = Cash that was brought to the bank
treasury-aside-own = The group's own affair
treasury-was-pay-in = Payment in
treasury-was-pay-out = Payment out
treasury-was-cash = Cash that was brought to the bank
treasury-was-cards = From the card processor
treasury-was-own = The group's own affair
treasury-put-back = Put it back
treasury-back-again = It is on the list again.
treasury-set-aside = Set aside.
treasury-matched = Matched.
treasury-to-send = To be sent
treasury-nothing-to-send = Nobody waits to be paid out.
treasury-print = Print
treasury-print-lead = Transfers to make at the bank. Write the reference on each.
treasury-whom = To
treasury-to-come = Expected
treasury-nothing-to-come = Nobody has announced anything.
treasury-sent-unseen = Sent, and on no statement yet
treasury-settled = Lines that are done
treasury-statement = Upload a bank statement
treasury-file = The file
treasury-file-hint = camt.053, OFX or CSV, as your bank offers it. Uploading the same lines twice does no harm.
treasury-upload = Upload
treasury-taken = The statement is taken over.
treasury-all-known = Every line of this statement was here already.
treasury-columns = My bank's CSV is not understood
treasury-columns-text = Say which column holds what. It is remembered for next time.
treasury-column-guess = Find it for me
treasury-column-date = Date
treasury-column-amount = Amount
treasury-column-money_in = Money in, if it has a column of its own
treasury-column-money_out = Money out, if it has a column of its own
treasury-column-name = Who
treasury-column-words = Reference or description
treasury-column-id = The bank's number of the line
treasury-column-balance = Balance after it
treasury-month-first = The month stands before the day: 11/27/2026
treasury-balance = What stands at the bank?
treasury-balance-text = Everybody who holds a claim sees it, with your name and the day.
treasury-day = On which day
treasury-stands = The balance
treasury-tell = Tell everybody
treasury-told = Told.

# Cards.
treasury-how-card = At once. What you type goes to the card processor, never to this club.
treasury-announced-card = Now pay by card.
treasury-card-title = Pay by card
treasury-card-lead = Your card's details go straight to the card processor. This club never sees them.
treasury-card-fields = These fields belong to the card processor.
treasury-card-pay = Pay now
treasury-card-wait = One moment. Your bank may ask you to agree.
treasury-card-sorry = That did not work. Nothing was taken from your card. Please try again, or pay by bank transfer.
treasury-card-script = Paying by card needs JavaScript. A bank transfer does not.
treasury-card-never = Nothing is booked until the card processor confirms it to us.
treasury-card-moment = One moment
treasury-card-moment-text = We are asking the card processor. This takes a few seconds at most.
treasury-card-again = Look again
treasury-card-failed = The last attempt did not go through
treasury-card-failed-text = Your bank or the card processor declined it. Nothing was taken. You can try again, perhaps with another card.
treasury-card-go = Pay by card
treasury-card-waiting = As soon as the card processor confirms it, it is booked. That takes a few seconds.
treasury-card-odd = This needs somebody to look at it
treasury-card-odd-text = What the card processor has is not what was announced. Nothing was booked. Please ask the holder's treasurer.
treasury-card-back = Give it back to the card
treasury-card-send-back = Give it back to the card
treasury-card-sent-back = The card processor is told.

# What waits for those who keep money for others.
treasury-waits-ins = { $count ->
    [one] 1 payment in to look for at the bank
   *[other] { $count } payments in to look for at the bank
 }
treasury-waits-outs = { $count ->
    [one] 1 payment out to send
   *[other] { $count } payments out to send
 }
treasury-waits-lines = { $count ->
    [one] 1 line on a bank statement to look at
   *[other] { $count } lines on bank statements to look at
 }
treasury-waits-cash = { $name } brings you cash
