Feature: What Jivo tells late, twice, or in another order
  Old news of a chat neither takes it from whoever has it nor lets the bot speak in an operator's.

  Rule: What comes after the chat was closed to the bot does not wake it.

    @DELIVERY-4 @capability.simulated-time
    Scenario: The visitor's words come after it
      Given an operator is online
      And a visitor in the bot's hands
      And "comes after the end, or 60 seconds late" strikes the vendor's 1st message from the visitor
      And the visitor has written "Вы здесь?"
      And 5 seconds have passed
      When the operator accepts the dialogue
      And the bridge is given 2 minutes
      Then the visitor reads that the operator joined
      And the webhook is told that an operator accepted
      And the bot is told that the chat is closed to it
      And the history holds "Вы здесь?" from the lead, delivered
      And the visitor does not see "Эхо: Вы здесь?"

    @DELIVERY-4 @capability.simulated-time
    Scenario: The visitor's first words come after it
      Given an operator is online
      And "comes after the end, or 60 seconds late" strikes the vendor's 1st message from the visitor
      And the visitor has written "Вы здесь?"
      And 5 seconds have passed
      When the operator accepts the dialogue
      And the bridge is given 2 minutes
      Then the history holds "Вы здесь?" from the lead, delivered
      And the visitor does not see "Эхо: Вы здесь?"

    @DELIVERY-4 @capability.simulated-time
    Scenario: That nobody is online comes after it
      Given a visitor in the bot's hands
      And "comes 60 seconds late" strikes the vendor's 1st "AGENT_UNAVAILABLE"
      And the visitor has written "/operator"
      And an operator is online
      And the operator has accepted the dialogue
      When 2 minutes pass
      Then nothing else happens

  Rule: That the chat is closed to the bot takes it from nobody when it comes again.

    @DELIVERY-4 @capability.simulated-time
    Scenario: It comes again when the bot has the chat
      Given an operator is online
      And a visitor in the bot's hands
      And "comes twice, 60 seconds apart" strikes the vendor's 1st "CHAT_CLOSED"
      And the operator has accepted the dialogue
      And the operator has left the chat
      And the visitor has written "/later 120"
      When 5 minutes pass
      Then the visitor sees "Прошло 120 с"
      And nothing else happens
