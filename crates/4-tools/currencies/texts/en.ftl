# Currencies that groups make.

# The list.
currencies-title = Currencies
currencies-wallet = Wallet
currencies-lead = Money that groups in this club make themselves. Each says what it is for and who stands behind it.
currencies-new = Make a currency
currencies-rates = Rates
currencies-none = No group has made a currency yet
currencies-none-text = A shop can sell vouchers for its own goods. Neighbours can count hours they help each other. A group can trade on credit without a bank. It takes two minutes.
currencies-start-group = Start a group
currencies-mine = Yours
currencies-others = To discover
currencies-ended = Come to an end
currencies-what = What can a currency be?
currencies-who-makes = Stewards and treasurers of a group make a currency for it.
currencies-kind = What is it to be?
currencies-kind-mutual-credit = Mutual credit
currencies-kind-voucher = Prepaid voucher
currencies-kind-time = Time
currencies-kind-conventional = Money at a bank
currencies-kind-crypto = Coins on a chain
currencies-about-mutual-credit = Members pay each other and may go below zero, within limits. Nobody issues it and there is no interest. Ben mends a bike for Rosa: he is up 20, she is down 20, and works it off for somebody else.
currencies-about-voucher = A shop sells its own money in advance, often at a discount, and delivers when it is spent. The Deli sells 100 Deli dollars for 90, and has the 90 today.
currencies-about-time = An hour for an hour, whatever is done in it. Ada teaches Cleo for an hour and a half, and has an hour and a half to spend on anybody's help.
currencies-of-mutual-credit = Mutual credit of { $issuer }
currencies-of-voucher = Prepaid voucher of { $issuer }
currencies-of-time = Time, kept by { $issuer }
currencies-of-conventional = Money held by { $issuer }
currencies-of-crypto = Coins watched by { $issuer }
currencies-state-retired = No longer issued
currencies-state-closing = Being closed
currencies-state-closed = Come to its end
currencies-not-now = Not now

# Designing.
currencies-new-lead = Choose what it is to be. You see all of it in plain words before it is made.
currencies-no-group = A group stands behind a currency
currencies-no-group-text = You look after no group yet. Start one, or ask a steward of yours.
currencies-group = Which group makes it?
currencies-group-hint = The group stands behind it. Its members decide about changes.
currencies-next = Next
currencies-design-mutual-credit = A mutual credit
currencies-design-voucher = A prepaid voucher
currencies-design-time = A time bank
currencies-design-lead = For { $group }. What is filled in is usual; change what you like.
currencies-example-mutual-credit = In the plural, such as Acorns or Market credits.
currencies-example-voucher = In the plural, such as Deli dollars or Bread tokens.
currencies-example-time = Such as Neighbour hours.
currencies-f-name = What is it called?
currencies-f-symbol = Sign beside amounts
currencies-f-symbol-hint = Up to 8 characters, such as D$ or hrs.
currencies-f-code = Short name
currencies-f-code-hint = 4 to 12 letters and digits, such as DELI. It stands in its address.
currencies-f-decimals = Smallest part
currencies-decimals-0 = Whole units only: 12
currencies-decimals-1 = Tenths: 12.5
currencies-decimals-2 = Hundredths: 12.50
currencies-decimals-3 = Thousandths: 12.500
currencies-decimals-4 = Four decimals: 12.5000
currencies-f-promise = What do you promise?
currencies-f-promise-hint = What does somebody get for it? For example: bread, cheese and soup from our counter, at the prices of the day.
currencies-f-redemption = How is it spent?
currencies-f-redemption-hint = For example: pay at the counter, every day from 8 to 18.
currencies-price = Price
currencies-f-sold = Members can buy it here
currencies-f-sold-hint = Otherwise you hand it out yourselves, as gifts or against cash.
currencies-f-price-get = So much of it ...
currencies-f-price-give = ... costs so much
currencies-f-price-currency = of this currency
currencies-f-cap = How much may be out at most?
currencies-f-cap-hint = What is out, you owe in goods. Keep to what you could deliver if everybody came at once.
currencies-days = days
currencies-f-lifetime = How long can it be spent?
currencies-f-lifetime-hint = After that it ends without compensation. Leave it empty and it never ends. This can be made longer or shorter later, not taken away.
currencies-f-notice = How early are holders told before it ends?
currencies-f-notice-hint = In their wallet, and on their first page.
currencies-f-refund = How long can it be given back unspent?
currencies-f-refund-hint = At the price that was paid. 0 for not at all; in many countries people may return what they bought from afar within 14 days.
currencies-f-issuers = Who may hand it out?
currencies-f-issuers-hint = By hand, as a gift or against cash. Each says why.
currencies-issuers-keepers = Treasurers and stewards
currencies-issuers-stewards = Stewards only
currencies-issuers-members = Every member of the group
currencies-f-holders = Who may hold it?
currencies-holders-club = Everybody in the club
currencies-holders-group = Members of the group
currencies-holders-asked = Those whom you ask
currencies-holders-about-club = Members and groups. It is shown to all.
currencies-holders-about-group = It is shown to the group alone.
currencies-holders-about-asked = You ask each one, whether in the group or not.
currencies-more = Fee, and what idle money gives to the group
currencies-f-levy = Fee on each payment
currencies-f-levy-hint = The payer adds it, and it goes to the group. It bears no fee itself. Most need none.
currencies-f-demurrage = What idle balances give each month
currencies-f-demurrage-hint = On the first of each month this share of a balance goes to the group, so that money keeps moving. Most need none.
currencies-f-min = How far may somebody go below zero?
currencies-f-min-hint = Nobody can go further. Write it with a minus.
currencies-f-soft = From where on are they reminded?
currencies-f-soft-hint = They can go on, and are told how to come back. Leave it empty for no reminder.
currencies-f-max = How much may somebody gather?
currencies-f-max-hint = More cannot be received until some is spent, so that it does not pile up.
currencies-t-min = How many hours may somebody owe?
currencies-t-min-hint = Nobody can go further. Write it with a minus, such as -40 or -40:30.
currencies-t-soft = From where on are they reminded?
currencies-t-soft-hint = Usual are 10 hours. They can go on, and are told how to come back.
currencies-t-max = How many hours may somebody gather?
currencies-t-max-hint = More cannot be received until some are spent.
currencies-f-backing = What is it for?
currencies-f-backing-hint = In your own words, for those who think about joining.
currencies-preview = See it in words
currencies-preview-lead = This is what { $group } says to everybody who holds it. Read it once more as one of them.
currencies-make = Make it
currencies-go-back = Change something

# Terms in sentences.
currencies-promise = What is promised
currencies-backing = What it is for
currencies-redemption = How it is spent
currencies-say-you-promise = You promise to deliver to whoever has { $name }: { $issuer } owes goods worth all that is out.
currencies-say-promise = { $issuer } promises to deliver to whoever has { $name }, and owes goods worth all that is out.
currencies-say-price = { $get } cost { $give }. The price is paid and the voucher issued in one step.
currencies-say-not-sold = It is not sold here. Its issuer hands it out.
currencies-say-cap = At most { $cap } are out at a time. If all were spent at once, { $issuer } would have to deliver as much.
currencies-say-for-ever = It never ends.
currencies-say-ends = It can be spent for { $days ->
    [one] one day
   *[other] { $days } days
 }: what is issued today, until { $date }. Then it ends without compensation. Holders are told { $notice ->
    [0] on the last day
    [one] a day before
   *[other] { $notice } days before
 }.
currencies-say-refund = What was bought and not spent can be given back within { $days ->
    [one] one day
   *[other] { $days } days
 }, at the price that was paid.
currencies-say-no-refund = What was bought cannot be given back. It can be spent, and given to others.
currencies-say-issuers-keepers = Treasurers and stewards of { $issuer } may hand it out, each time with a reason.
currencies-say-issuers-stewards = Stewards of { $issuer } may hand it out, each time with a reason.
currencies-say-issuers-members = Every member of { $issuer } may hand it out, each time with a reason.
currencies-say-mutual = Nobody issues { $name }. Everybody starts at zero; when one pays another, one goes down and the other up by as much. There is no interest.
currencies-say-time = An hour is an hour, whoever gives it. { $name } are counted in hours and minutes, and everybody starts at zero.
currencies-say-limits = One can go down to { $min } and gather up to { $max }.
currencies-say-soft = Below { $soft } one is reminded, and can go on.
currencies-say-service = Hours that somebody gave are counted, and that number never falls when hours are spent.
currencies-say-holders-club = Everybody in the club may hold it.
currencies-say-holders-group = Members of { $issuer } may hold it.
currencies-say-holders-asked = Those whom { $issuer } asked may hold it.
currencies-say-levy = Payers add { $share } % to each payment, for { $issuer }. Payments to { $issuer } bear no fee.
currencies-say-demurrage = On the first of each month { $share } % of every balance above zero goes to { $issuer }.
currencies-say-changes = These terms change by a decision of { $issuer } only. What was sold before keeps its date and its price.

# One currency.
currencies-made = It is made. This is its page.
currencies-proposed = This needs a decision of others. It is now open for votes.
currencies-buy = Buy
currencies-spend = Spend
currencies-hold = Open an account
currencies-issue = Hand out
currencies-health = How it is doing
currencies-held = You have an account in it now.
currencies-you-have = You have
currencies-meter = { $balance }, between { $min } and { $max }
currencies-below-soft = You are further below zero than is usual here. Nothing is lost: offer something that others need, and come back up.
currencies-lot = can be spent until { $date }
currencies-sales = What you bought
currencies-sale = { $amount } of what you bought on { $date }
currencies-sale-back = { $back } if you give it back until { $date }
currencies-give-back = Give back
currencies-given-back = Given back. The price is in your wallet again.
currencies-terms = Terms
currencies-terms-of = Terms of { $name }
currencies-version = Version { $version }
currencies-since = since
currencies-until = until
currencies-issued-by = Issued by
currencies-old-terms = These terms are no longer in force
currencies-old-terms-text = They still hold for what was sold under them.
currencies-versions = All versions of the terms
currencies-liability = What is owed
currencies-liability-text = { $issuer } owes its holders goods worth { $out }.
currencies-liability-meter = { $out } of at most { $cap } are out
currencies-room = { $room } can still be issued.
currencies-keep = Looking after it
currencies-keep-text = Changes and its end are put to the members of { $issuer }.
currencies-ask = Ask somebody to hold it
currencies-change = Change the terms
currencies-retire = Issue no more
currencies-close = Close it
currencies-retired-text = What is out stays good and can be spent as before.
currencies-closing-title = Being closed: until { $date }
currencies-closing-text = Nothing new arises. Whoever is below zero can still give, whoever is above can still spend on them. What is left at the end is settled to zero.
currencies-closing-text-voucher = Spend what you have at { $issuer }, or give back what you bought, until { $date }. What is left then is written down, with what was paid for it, and { $issuer } owes it to you.
currencies-closed-text = Nothing can be paid in it any more. It stays here to be read.
currencies-owed = Still owed
currencies-owed-lead = What was left at the end, at the price that was paid for it on average. { $issuer } owes it.
currencies-owed-left = { $amount } were left
currencies-somebody = Somebody who has left
currencies-pay-owed = Pay
currencies-paid = Paid
currencies-paid-owed = Paid. It is off the list.

# Short forms.
currencies-buy-title = Buy { $name }
currencies-not-sold = Not for sale
currencies-how-much = How much?
currencies-whose = Whose wallet?
currencies-whose-own = Your own
currencies-buy-note = You buy under the terms as they are now.
currencies-read-terms = Read them
currencies-bought = Bought. It is in your wallet.
currencies-spend-title = Spend { $name }
currencies-spend-lead = Show this to { $issuer } when you pay. It counts at once; nobody has to confirm it.
currencies-you-have-so-much = You have { $balance }.
currencies-what-for = What for?
currencies-spent = Spent. It is with its issuer now.
currencies-issue-title = Hand out { $name }
currencies-issue-lead = As a gift, or against cash or goods. What you hand out, your group owes.
currencies-to = To whom?
currencies-reason = Why?
currencies-issue-reason-hint = The receiver reads it: a gift for the helpers, paid in cash ...
currencies-issued = Handed out.
currencies-ask-title = Who else may hold { $name }?
currencies-ask-lead = They can open an account then. Nothing is opened for them.
currencies-ask-who = Whom do you ask?
currencies-asked = They may hold it now.
currencies-change-title = Change the terms of { $name }
currencies-change-lead = The members of { $issuer } decide. The new terms hold for what is sold from then on; accounts that are open keep their limits.
currencies-put-to-group = Put it to the group
currencies-changed = Done.
currencies-close-title = Close { $name }
currencies-close-lead = Closing is an end, so everybody gets time for it.
currencies-close-means = What this means
currencies-close-voucher = { $out } are out. Nothing new is issued. Until the day you set, holders can spend what they have at { $issuer }, or give it back at the price they paid. What is left then is written down as a debt of { $issuer }, at that price.
currencies-close-credit = { $out } are held by members above zero, and others owe as much. Until the day you set they can pay each other towards zero. What is left then is settled to zero: some lose what nobody owes any more, and { $issuer } should tell them so.
currencies-run-off = How long does everybody have?
currencies-run-off-hint = From { $least } to { $most } days.
currencies-close-reason-hint = Every holder reads it.

# Health.
currencies-health-of = How { $name } is doing
currencies-health-lead = Money is healthy when it moves, when many carry it, and when what is promised can be kept. Sums only: nobody is shown by name.
currencies-out = How much is out
currencies-out-voucher = All that was issued and has not come back. Its issuer owes goods worth as much.
currencies-out-credit = All that members have above zero. Others are below zero by exactly as much.
currencies-holders-count = { $count ->
    [0] Nobody has any of it.
    [one] One holder has all of it.
   *[other] { $count } holders have some of it.
 }
currencies-course = In the last 30 days between { $low } and { $high }.
currencies-carriers = Who carries it
currencies-carriers-title = Share of all that is out
currencies-carriers-note = Where few carry most of it, the others find it hard to earn. That is a reason to ask them to spend.
currencies-few-holders = With fewer than five holders nothing is said about who has how much: everybody would know who is meant.
currencies-band-first = { $count ->
    [one] The one who has most
   *[other] The { $count } who have most
 }
currencies-band-second = { $count ->
    [one] The next one
   *[other] The next { $count }
 }
currencies-band-rest = { $count ->
    [one] The other one
   *[other] The other { $count }
 }
currencies-speed = How quickly it moves
currencies-turnover = { $turnover } were paid in the last { $days ->
    [one] day
   *[other] { $days } days
 }.
currencies-velocity = At this pace each unit changes hands { $times } times a month.
currencies-no-velocity = Whether that is quick or slow can be told after a week, and while something is out.
currencies-speed-note = Everything that was paid counts, purchases and spending at the issuer too. Money that stands still helps nobody.
currencies-ending = What ends, and when
currencies-ending-title = What holders have, by the month in which it ends
currencies-expired = { $amount } ended unspent so far.
currencies-ending-note = What ends unspent was paid for and never delivered. Much of it is a sign that the time is too short, or that holders are not reminded well.
currencies-commons = What the group got
currencies-no-commons = It has neither fees nor a share of idle balances so far.
currencies-commons-title = Collected since the beginning
currencies-levied = Fees
currencies-idled = From idle balances
currencies-commons-note = It went to { $name }, whose wallet its members can see.

# Rates.
currencies-rates-lead = At which rates people here exchange one currency for another. Each is somebody's own offer.
currencies-no-rates = Nobody offers to exchange yet
currencies-no-rates-text = Whoever has two currencies can say at which rate they give one for the other. Others then exchange with them in one step.
currencies-posted = Offers
currencies-reference = What the club counts with
currencies-reference-note = Totals in one currency use these. Nobody has to exchange at them.
currencies-offer = Offer to exchange
currencies-offer-note = Others can then exchange with you at once, as far as your balance goes.
currencies-offer-two = To offer an exchange you need accounts in two currencies.
currencies-rate = { $get } for { $give }
currencies-rate-counts = { $give } count as { $get }
currencies-course-of = earlier rates
currencies-withdraw = Take back
currencies-r-give = Whoever gives me ...
currencies-r-from = of this
currencies-r-get = ... gets from me
currencies-r-to = of this
currencies-r-until = Until when?
currencies-r-until-hint = The last day. Leave it empty to offer it until you change it.
currencies-post = Offer it
currencies-refer = Set what the club counts with
currencies-refer-lead = The members decide. Totals in the wallet are then counted with this rate.
currencies-put-to-club = Put it to the club
currencies-rate-posted = Your rate is there.
currencies-rate-withdrawn = Taken back.

# What waits.
currencies-told-expiry = { $amount } can be spent until { $date }
currencies-told-expiry-note = Spend them, or give them to somebody who does.
currencies-told-closing = { $name } is being closed until { $date }
currencies-told-closing-note = Bring your balance to zero in time.
currencies-told-owed = You are owed something for { $name }
currencies-told-owed-note = What was left when it was closed.
