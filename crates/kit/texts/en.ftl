# The kit's own words: what every page shares.

skip-to-content = Skip to content
nav = Sections
nav-home = Home
nav-near = Near me
nav-wallet = Wallet
nav-messages = Messages
nav-people = People
nav-groups = Groups
nav-chat = Chat
nav-decisions = Decisions
nav-me = My profile
nav-settings = Settings
new-post = New post
more = More
search = Search
sign-in = Sign in
waiting = { $count ->
    [0] Nothing waits for you
    [one] One thing waits for you
   *[other] { $count } things wait for you
 }
about = About this club
words = Our words
assumptions = What we assume
trial-label = Trial
trial = This club is a trial on your own computer. Nobody else can reach it yet.

optional = (optional)
form-wrong = Something needs another look
close = Close
copy = Copy
pages = Pages
newer = Newer
older = Older
needs-script = This step needs JavaScript, because your keys are made in your browser and never leave it.
step-of = Step { $step } of { $steps }

theme = Light or dark
theme-system = As this device says
theme-light = Light
theme-dark = Dark
accent-brick = Brick red
accent-clay = Clay
accent-amber = Amber
accent-olive = Olive
accent-leaf = Leaf green
accent-teal = Teal
accent-sea = Sea blue
accent-sky = Sky blue
accent-iris = Iris
accent-plum = Plum
accent-mallow = Mallow
accent-rose = Rose

ago-now = just now
ago-minutes = { $count ->
    [one] 1 minute ago
   *[other] { $count } minutes ago
 }
ago-hours = { $count ->
    [one] 1 hour ago
   *[other] { $count } hours ago
 }
ago-days = { $count ->
    [one] 1 day ago
   *[other] { $count } days ago
 }
left-minutes = { $count ->
    [one] in 1 minute
   *[other] in { $count } minutes
 }
left-hours = { $count ->
    [one] in 1 hour
   *[other] in { $count } hours
 }
left-days = { $count ->
    [one] in 1 day
   *[other] in { $count } days
 }
date = { $day } { $month } { $year }
date-this-year = { $day } { $month }
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday

go-home = Go to the first page
try-again = Try again
read-rules = Read the club’s rules
problem-reference = If you ask for help, quote
problem-title-unclear = We could not read that
problem-text-unclear = Something in the address or in what was sent is not as it should be. Go back and try once more.
problem-title-signed-out = Please sign in first
problem-text-signed-out = This page is for members. Sign in, and we bring you back here.
problem-title-forbidden = You can’t do this
problem-text-forbidden = The club’s rules do not allow it. Every rule can be read, and every member may propose to change it.
problem-title-not-found = There is nothing here
problem-text-not-found = The page has moved, has gone, or is not for you to see. Check the address, or start from the first page.
problem-title-conflict = Somebody was quicker
problem-text-conflict = This has changed since you opened the page. Nothing was done. Look again, then decide.
problem-title-too-large = That was too much at once
problem-text-too-large = What you sent is larger than this club accepts. Make it smaller, or send it in parts.
problem-title-too-many = A little slower, please
problem-text-too-many = That was a lot in a short time. Wait a minute, then try again.
problem-title-broken = That was our mistake
problem-text-broken = Something broke on our side. Nothing was half done: either it happened whole or not at all.
problem-title-busy = One moment
problem-text-busy = The club’s computer is busy or just starting. Try again in a few seconds.
problem-title-offline = You are offline
problem-text-offline = There is no connection at the moment. What you were writing is kept on this device.
