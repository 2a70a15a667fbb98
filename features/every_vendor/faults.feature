Feature: When something goes wrong on the way
  Whatever the vendor, what was said arrives once the vendor is back, and a bridge that died goes on where it was.

  Rule: What comes twice is one.

    @DELIVERY-4
    Scenario: The visitor's words come twice
      Given a visitor in the bot's hands
      And "comes twice, 20 seconds apart" strikes the vendor's 1st message from the visitor
      When the visitor writes "Вы здесь?"
      And the bridge is given 60 seconds
      Then the visitor sees "Эхо: Вы здесь?"
      And nothing else happens

  Rule: A bridge that was killed goes on where it was.

    @DELIVERY-5 @capability.restart
    Scenario: The bridge is killed between two questions
      Given the visitor has written "Здравствуйте"
      When the bridge is killed and started again
      And the visitor writes "Это снова я"
      Then the visitor sees "Эхо: Это снова я"
      And the bridge knows the visitor as one lead
      And nothing else happens

    @DELIVERY-5 @capability.restart
    Scenario: The bridge is killed in the middle of an answer
      Given a visitor in the bot's hands
      And the bridge is killed at its 1st message and started again after 5 seconds
      When the visitor writes "Вы здесь?"
      And the visitor writes "Отвечайте"
      Then the visitor sees "Эхо: Отвечайте"
