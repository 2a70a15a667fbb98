Feature: A Jivo operator comes while the bot speaks
  An operator may take a chat at any moment; what the bot has not said by then is left unsaid, and noted.

  Rule: What the bot has not said when an operator takes the dialogue is never said.

    @TAKEOVER-1 @capability.simulated-time @capability.retry
    Scenario: The operator comes between two messages of the bot's
      Given an operator is online
      And a visitor in the bot's hands
      And "asks for patience for 60 seconds" strikes the bridge's 2nd message to the visitor
      And the visitor has written "/twice"
      When the operator accepts the dialogue
      And the bridge is given 5 minutes
      Then the visitor does not see "Два"
      And the history holds "Раз" from the bot, delivered
      And the history holds "Два" from the bot, not delivered

    @TAKEOVER-1 @capability.simulated-time @capability.retry
    Scenario: The bot has the chat again before it could have said the second
      Given an operator is online
      And a visitor in the bot's hands
      And "asks for patience for 60 seconds" strikes the bridge's 2nd message to the visitor
      And the visitor has written "/twice"
      And the operator has accepted the dialogue
      And the operator has left the chat
      When the visitor writes "Есть кто?"
      And the bridge is given 5 minutes
      Then the visitor sees "Эхо: Есть кто?"
      And the history holds "Два" from the bot, not delivered
      And nothing else happens

    @TAKEOVER-1 @capability.simulated-time
    Scenario: The operator comes while the bot is at work
      Given an operator is online
      And the visitor has written "/slow 60"
      And the operator has accepted the dialogue
      When 2 minutes pass
      Then the history holds "Готово" from the bot, not delivered
      And nothing else happens
