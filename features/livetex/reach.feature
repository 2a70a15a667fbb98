Feature: Who cannot be reached
  A visitor can block the bot, and another bridge can take the webhooks: neither tells anybody.

  Rule: Words for a visitor who has blocked the bot are recorded as not delivered, and the others are served.

    @REACH-1
    Scenario: The visitor has blocked the bot
      Given a visitor in an operator's hands
      And "finds the bot blocked" strikes the bridge's 1st message to the visitor
      When the operator writes "Нашёл"
      Then the history holds "Нашёл" from the operator, not delivered
      And every delivery is acknowledged within 60 seconds
      And the visitor does not see "Нашёл"
      And nothing else happens
      And the bridge sends "Нашёл" no more

    @REACH-1
    Scenario: The operator writes on to a visitor who has blocked the bot
      Given a visitor in an operator's hands
      And "finds the bot blocked" strikes the bridge's 1st message to the visitor
      And the operator has written "Нашёл"
      When the operator writes "Вы здесь?"
      Then the history holds "Вы здесь?" from the operator, not delivered
      And every delivery is acknowledged within 60 seconds
      And nothing else happens
      And the bridge sends "Вы здесь?" no more

    @REACH-1
    Scenario: Another visitor of the bot's
      Given a visitor in an operator's hands
      And "finds the bot blocked" strikes the bridge's 1st message to the visitor
      And the operator has written "Нашёл"
      When another visitor writes "Добрый день"
      Then the visitor sees "Эхо: Добрый день" within 2 seconds
      And nothing else happens

    @REACH-1
    Scenario: Another visitor of the operator's
      Given a visitor in an operator's hands
      And "finds the bot blocked" strikes the bridge's 1st message to the visitor
      And the operator has written "Нашёл"
      And another visitor in the same operator's hands
      When the operator writes "Чем помочь?"
      Then the visitor sees "Чем помочь?"
      And every delivery is acknowledged within 60 seconds
      And nothing else happens

  Rule: The binding says what is wrong, instead of silence.

    @REACH-2
    Scenario: The bot's token was revoked
      Given a visitor in an operator's hands
      And "finds the key revoked" strikes the bridge's 1st message to the visitor
      When the operator writes "Нашёл"
      Then the binding of the visitor says what is wrong

    @REACH-2
    Scenario Outline: Another bridge has taken over the webhooks
      Given a visitor in an operator's hands
      And another bridge has taken over the webhooks from the <place>
      And "answers 400" strikes the bridge's 1st message to the <place>
      When <deed>
      Then the binding of the <place> says what is wrong

      Examples:
        | place   | deed                           |
        | desk    | the visitor writes "Вы здесь?" |
        | visitor | the operator writes "Нашёл"    |
