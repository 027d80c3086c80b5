# Signing in, devices, recovery, programs.

keys-settings = Settings
keys-needs-script = This step needs JavaScript, because your keys are made in your browser and never leave it.
keys-cancel = Cancel
keys-done = Done
keys-open = Still to do

# Signing in and out
keys-sign-in-title = Sign in
keys-sign-in-lead = Your device unlocks your passkey: with a fingerprint, your face, or its code. There is no password to remember.
keys-sign-in = Sign in with your passkey
keys-no-passkey = No passkey on this device?
keys-no-passkey-device = Signed in on another device? Open “Your devices” there and make a link for this one.
keys-no-passkey-code = Have you lost it? A recovery code lets you in:
keys-no-passkey-stranger = Not a member yet? Ask a member for an invitation.
keys-lost = I have lost my passkey
keys-have-words = I have my paper words
keys-signed-out = You are signed out on this device.

# Devices
keys-devices-title = Your devices
keys-devices-lead = Everything that can come in as you. If you don’t know something here, sign it out.
keys-passkeys = Passkeys
keys-passkeys-none = No passkeys
keys-passkeys-none-text = You came in another way. Ask a steward if you need help.
keys-last-used = Last used
keys-never-used = Not used yet
keys-remove = Remove
keys-removed = The passkey is removed here. You may delete it on your device as well.
keys-add = Add a passkey
keys-add-text = A second passkey, on a security key or in another password manager, keeps you from being locked out. First you unlock with one that you have.
keys-label = What will you call it?
keys-label-hint = For example “blue key” or “work laptop”. If you leave it empty, it is named after this device.
keys-added = The new passkey is ready.
keys-link = Bring in another device
keys-link-text = Makes a link and a QR code for your phone or another computer. It works once, for ten minutes. Show it to nobody else.
keys-sessions = Signed-in devices
keys-this-device = This device
keys-end = Sign out
keys-ended = That device is signed out.
keys-sign-out = Sign out here
keys-everywhere = Sign out everywhere
keys-everywhere-text = Signing out everywhere ends all devices, this one too, takes the keys of your programs away, and closes links that are still open. Your passkeys stay.
keys-everywhere-told = You are signed out everywhere.
keys-programs = Programs
keys-program-removed = The program can no longer sign in as you.

# A second device
keys-second-title = Use this device too
keys-second-lead = This link belongs to { $name }. If that is you, go on: this device makes a passkey of its own.
keys-second-use = Use this device
keys-second-note = Did somebody else send you this link? Then close this page.
keys-second-done = This device is ready.

# Recovery
keys-recovery-title = Recovery
keys-recovery-open = Get ready
keys-recovery-lead = Devices get lost. Ten minutes now, and losing one is only a nuisance.
keys-held = Your keys are held for you
keys-held-text = This club keeps your keys for you. If you can’t get in, ask a steward.
keys-codes = Recovery codes
keys-codes-why = Ten codes, each good once, let you in when your passkey is gone. Keep them apart from your device: on paper, or in a password manager.
keys-codes-left = { $count ->
    [0] You have no recovery codes.
    [one] You have one recovery code left.
   *[other] You have { $count } recovery codes left.
 }
keys-codes-kept = Your ten codes are in force. Older ones no longer work.
keys-words = Paper words
keys-words-why = 24 words on paper are your identity itself. With them you can take it back even if somebody stole your keys, or carry it to another club. Once you have written them down, no copy remains here.
keys-words-kept = Your paper words are written down.
keys-words-open = Your paper words are not written down yet.
keys-words-told = Well done. Only your paper has the words now.
keys-why-both = Why both?
keys-why-both-text = A code gets you back into this club on a new device. The words prove who you are even without this club. Whoever has the words can become you: keep them where you keep what is precious.
keys-nag-title = What if you lost this device today?
keys-nag-codes = You have no recovery codes yet. It takes two minutes to make them.
keys-nag-words = You have codes, and your paper words are still to be written down.

# Coming back
keys-recover-title = Come back with a recovery code
keys-recover-lead = Enter one of the ten codes that you kept. Then this device makes a new passkey.
keys-code = Recovery code
keys-code-hint = Eight groups of four, such as 000G-40R4-… Capitals and hyphens don’t matter.
keys-recover = Come back in
keys-no-code = No codes either?
keys-no-code-words = Your paper words let you in as well, and take your identity back from anybody who has it:
keys-no-code-text = Without either, nobody can open your keys, not even a steward. A steward can invite you again, as a new member.
keys-back-to-sign-in = Back to signing in
keys-recovered = Welcome back. The code is used up. Remove the passkey that you lost, and sign out what you don’t know.

# Paper words
keys-take-back-title = Take your identity back
keys-take-back-lead = Type your 24 words. They stay on this device, which makes new keys and a new passkey; the club sees only what the words sign.
keys-words-field = Your 24 paper words
keys-words-hint = In their order, with a space between them. Capitals and numbers don’t matter.
keys-take-back = Take it back
keys-take-back-ends = What ends by that?
keys-take-back-ends-text = Every other way in: all passkeys, signed-in devices, programs, links and recovery codes, yours and a thief’s. These words are then used up, and you write new ones down. What you own, wrote and agreed to stays yours.
keys-took-back = Your identity is yours again, and every other way in has ended. Now make new codes, and write your new words down.

# Programs
keys-approve-title = Let a program act as you
keys-approve-ask = Type the code that the program shows.
keys-approve-look = Go on
keys-approve-lead = Check that the program shows the same code. If you did not start it yourself, don’t approve it.
keys-approve = Approve
keys-approve-not = Don’t approve
keys-approved = The program is approved and can sign in now.
keys-approved-already = This program is approved already
keys-approved-text = You can close this page and go back to the program.
keys-user-code = Code
keys-user-code-hint = Eight letters, such as BDWP-HQPK.
keys-program = The program calls itself
keys-program-key = Its key ends in
keys-grants = What you grant
keys-grants-act = It can do what you can do in this club: write, pay, vote, in your name.
keys-grants-long = It can do so until you take its key away under “Your devices”.
keys-grants-not = It does not get your passkeys, your vault or your paper words.

# The demonstration
keys-demo-title = Who would you like to be?
keys-demo-lead = Everybody in this town is made up. Choose somebody, look around, and come back to be somebody else.
keys-demo-enter = Be this person
keys-demo-told = You are in. To be somebody else, open /demo.
