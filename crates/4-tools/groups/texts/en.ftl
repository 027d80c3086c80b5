# Groups.

groups-title = Groups
groups-lead = People who do something together. Each group has people, roles and a wallet of its own.
groups-new = Start a group
groups-none = No groups yet
groups-none-text = A group can be a reading circle, a work team or a shop. Whoever starts it looks after it first, and can hand that on.
groups-mine = Your groups
groups-others = Other groups
groups-count = { $count ->
    [one] 1 member
   *[other] { $count } members
 }
groups-mode = What is it for?
groups-mode-chat = Talk
groups-mode-working = Work
groups-mode-trading = Trade
groups-mode-about-chat = To talk and to meet.
groups-mode-about-working = Also documents, calendars and projects.
groups-mode-about-trading = Also customers, accounts, budgets and payments.
groups-people = People
groups-role-member = Member
groups-role-treasurer = Treasurer: keeps the wallet
groups-role-steward = Steward: looks after the group
groups-make-member = Make member
groups-make-treasurer = Make treasurer
groups-make-steward = Make steward
groups-demote = Ask the members to take the role away
groups-remove = Take out
groups-join = Join
groups-leave = Leave
groups-rooms = What you do here
groups-room-not-sealed = Whoever runs the node can read this.
groups-pay = Pay
groups-limits = Limits
groups-change = Change
groups-add = Take somebody in
groups-add-who = Whom?
groups-form-lead = A good name and two sentences are enough to begin.
groups-name = Name
groups-purpose = What is it for, in your own words?
groups-open = Anybody in the club may join
groups-open-hint = Otherwise a steward takes people in.
groups-save = Save
groups-back = Not now
groups-created = The group is there. You are its steward.
groups-proposed = The rules want others to decide this. It is now open for votes.
groups-changed = Changed.
groups-joined = You are in.
groups-left = You left the group.
groups-added = They are in.
groups-role-set = The role is given.
groups-removed = They are no longer in the group.
