Feature: Operators take over and give back
  A command in the bot brings the visitor to the operators; only their leaving, of which nobody is told, brings him back.

  Rule: A command in the bot hands the visitor over.

    @JIVO-OPERATOR-1
    Scenario: The visitor asks the bot for an operator
      Given an operator is online
      And a visitor in the bot's hands
      When the visitor writes "/operator"
      Then the visitor waits for an operator
      And nothing else happens

  Rule: When an operator leaves, nobody is told.

    @JIVO-OPERATOR-3
    Scenario: The last operator leaves without a word to anybody
      Given a visitor in an operator's hands
      When the operator leaves the chat
      Then nothing else happens

    @JIVO-OPERATOR-3
    Scenario: One of two operators leaves without a word to anybody
      Given a visitor in the hands of two operators
      When the second operator leaves the chat
      Then nothing else happens

  Rule: After the operator left, the bot resumes with the visitor's next message, not before.

    @JIVO-OPERATOR-5
    Scenario: The visitor's next words wake the bot
      Given a visitor whom the operator has left
      When the visitor writes "Я ещё здесь"
      Then the visitor sees "Эхо: Я ещё здесь"
      And nothing else happens

    @JIVO-OPERATOR-5 @capability.simulated-time
    Scenario: Until the visitor writes, the bot stays silent
      Given a visitor whom the operator has left
      When 10 minutes pass
      Then nothing else happens
