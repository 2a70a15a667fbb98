Feature: Nobody is online
  The bot is told with every message whether anybody is online, and keeps the visitor whom nobody can take.

  Rule: An invitation with nobody online is taken, the bot is told, and keeps the chat.

    @JIVO-OFFLINE-1
    Scenario: The bot invites an operator when there is none
      Given a visitor in the bot's hands
      When the bot invites an operator
      Then the vendor takes it
      And the bot is told that nobody is online
      And the dialogue stays with the bot
      And nothing else happens

  Rule: Every message says whether anybody is online.

    @JIVO-OFFLINE-3
    Scenario: Somebody is
      Given an operator is online
      When a visitor writes "Есть кто живой?"
      Then the bot is told "Есть кто живой?", and that somebody is online
      And nothing else happens

    @JIVO-OFFLINE-3
    Scenario: Nobody is
      When a visitor writes "Есть кто живой?"
      Then the bot is told "Есть кто живой?", and that nobody is online
      And nothing else happens

    @JIVO-OFFLINE-3
    Scenario: Nobody is any more
      Given an operator is online
      And the operator has gone offline
      When a visitor writes "Есть кто живой?"
      Then the bot is told "Есть кто живой?", and that nobody is online
      And nothing else happens
