Feature: The empty chat invites
  Before the visitor has written, the widget may open by itself, ask for contacts or not, and show buttons.

  Rule: The chat opens by itself 20 seconds into the very first visit.

    @JIVO-INVITE-1 @JIVO-INVITE-5
    Scenario: The very first visit
      Given the chat opens by itself at the very first visit
      And a visitor who has come to the site for the first time
      When 25 seconds pass
      Then the visitor sees the chat window
      And the bot is told nothing
      And nothing else happens

    @JIVO-INVITE-1
    Scenario: Not too early
      Given the chat opens by itself at the very first visit
      And a visitor who has come to the site for the first time
      When 15 seconds pass
      Then nothing else happens

    @JIVO-INVITE-1
    Scenario: Not at a later visit
      Given the chat opens by itself at the very first visit
      And a visitor who has come to the site for the first time
      And 25 seconds have passed
      And 48 hours have passed
      And the visitor has come to the site again
      When 25 seconds pass
      Then nothing else happens

    @JIVO-INVITE-1
    Scenario: Not too soon after the last invitation
      Given the chat opens by itself at every visit
      And a visitor who has come to the site for the first time
      And 25 seconds have passed
      And the visitor has come to the site again
      When 25 seconds pass
      Then nothing else happens

    @JIVO-INVITE-1
    Scenario: Long after the last invitation
      Given the chat opens by itself at every visit
      And a visitor who has come to the site for the first time
      And 25 seconds have passed
      And 48 hours have passed
      And the visitor has come to the site again
      When 25 seconds pass
      Then the visitor sees the chat window
      And nothing else happens

    @JIVO-INVITE-4
    Scenario: With nobody online it opens too
      Given the chat opens by itself at the very first visit
      And an operator is online
      And the operator has gone offline
      And a visitor who has come to the site for the first time
      When 25 seconds pass
      Then the visitor sees the chat window
      And nothing else happens

    @JIVO-INVITE-4
    Scenario: Switched off, it opens nothing
      Given the chat opens by itself at no visit
      And a visitor who has come to the site for the first time
      When 25 seconds pass
      Then nothing else happens

  Rule: Only the visitor's own words or button start the bot.

    @JIVO-INVITE-5
    Scenario: The visitor writes into the window that opened
      Given the chat opens by itself at the very first visit
      And a visitor who has come to the site for the first time
      And 25 seconds have passed
      When the visitor writes "А доставка есть?"
      Then the bot is told "А доставка есть?"
      And nothing else happens

  Rule: The contact form asks before the first words, if it is switched on.

    @JIVO-INVITE-2
    Scenario: Switched off, it asks nothing
      Given the channel's contact form is switched off
      When a visitor opens the chat
      Then nothing else happens

    @JIVO-INVITE-2
    Scenario: Switched on, it asks
      Given the channel's contact form is switched on
      When a visitor opens the chat
      Then the visitor sees the contact form
      And nothing else happens

  Rule: An empty chat shows its buttons, and a press is a message like any other.

    @JIVO-INVITE-3
    Scenario: The visitor sees the buttons
      Given an empty chat shows the buttons "Цены", "Оператор"
      When a visitor opens the chat
      Then the visitor sees the buttons "Цены", "Оператор"
      And nothing else happens

    @JIVO-INVITE-3
    Scenario: The visitor presses one
      Given an empty chat shows the buttons "Цены", "Оператор"
      And a visitor who has come to the site for the first time
      And the visitor has opened the chat
      When the visitor presses "Цены"
      Then the bot is told "Цены"
      And the dialogue stays with the bot
      And nothing else happens

    @JIVO-INVITE-3
    Scenario: Once the visitor has written, the buttons are gone
      Given an empty chat shows the buttons "Цены", "Оператор"
      And a visitor in the bot's hands
      When the visitor opens the chat
      Then nothing else happens

    @JIVO-INVITE-6
    Scenario: A visitor who comes back after the end sees them again
      Given an empty chat shows the buttons "Цены", "Оператор"
      And a visitor whose chat the operator has finished
      When the visitor opens the chat
      Then the visitor sees the buttons "Цены", "Оператор"
      And nothing else happens

    @JIVO-INVITE-6
    Scenario: A visitor who comes back after the end presses one
      Given an empty chat shows the buttons "Цены", "Оператор"
      And a visitor whose chat the operator has finished
      And the visitor has opened the chat
      When the visitor presses "Оператор"
      Then the bot is told "Оператор"
      And nothing else happens
