Feature: A bridge that was killed
  It goes on where it was: who has each dialogue, what is still to be sent, and what was seen.

  Rule: It knows who has each dialogue.

    @DELIVERY-5 @capability.restart
    Scenario: The bot has it
      Given the visitor has written "Здравствуйте"
      When the bridge is killed and started again
      And the visitor writes "Это снова я"
      Then the visitor sees "Эхо: Это снова я"
      And the bridge knows the visitor as one lead
      And nothing else happens

    @DELIVERY-5 @capability.restart
    Scenario: The bot has it back from an operator
      Given a visitor whose chat the operator has finished
      When the bridge is killed and started again
      And the visitor writes "Есть кто?"
      Then the visitor sees "Эхо: Есть кто?"
      And nothing else happens

    @DELIVERY-5 @capability.restart
    Scenario: An operator has it, and the visitor writes
      Given a visitor in an operator's hands
      When the bridge is killed and started again
      And the visitor writes "Вы ещё здесь?"
      Then the operator reads "Вы ещё здесь?" from the visitor
      And nothing else happens

    @DELIVERY-5 @capability.restart
    Scenario: An operator has it, and the bot would like to say something
      Given a visitor in an operator's hands
      When the bridge is killed and started again
      And the bot says "Кстати, у нас скидки"
      Then nothing else happens

    @DELIVERY-5 @capability.restart
    Scenario: The visitor waits for an operator
      Given a visitor whom the bot has handed over
      When the bridge is killed and started again
      And the visitor writes "Вы тут?"
      Then the operator reads "Вы тут?" from the visitor
      And nothing else happens

  Rule: It sends what is still to be sent.

    @DELIVERY-5 @capability.restart @capability.retry @capability.simulated-time
    Scenario Outline: It is killed in the middle of an answer
      Given a visitor in the bot's hands
      And "<fault>" strikes the bridge's 1st message to the visitor
      When the visitor writes "/twice"
      And the bridge is given 5 minutes
      Then the visitor sees "Раз"
      And the visitor sees "Два" 1 times

      Examples:
        | fault                                  |
        | kills the bridge for 5 seconds         |
        | kills the bridge at once for 5 seconds |

    @DELIVERY-5 @capability.restart @capability.simulated-time
    Scenario: It is killed as it hears the visitor
      Given a visitor in the bot's hands
      And the bridge is killed at the vendor's 1st message and started again after 1 seconds
      When the visitor writes "Вы здесь?"
      And the bridge is given 5 minutes
      Then the visitor sees "Эхо: Вы здесь?"

    @DELIVERY-5 @capability.restart @capability.retry @capability.simulated-time
    Scenario: It is killed while the vendor is down
      Given a visitor in the bot's hands
      And "answers 503" strikes the bridge's calls for 120 seconds
      And the visitor has written "Вы здесь?"
      When the bridge is killed and started again
      And the bridge is given 10 minutes
      Then the visitor sees "Эхо: Вы здесь?" 1 times

    @DELIVERY-5 @capability.restart @capability.simulated-time
    Scenario: It is killed while the bot is at work
      Given the visitor has written "/slow 30"
      When the bridge is killed and started again
      And the bridge is given 60 seconds
      Then the visitor sees "Готово"
      And nothing else happens

    @DELIVERY-5 @capability.restart @capability.simulated-time
    Scenario: It is killed before the bot says what it promised
      Given the visitor has written "/later 30"
      When the bridge is killed and started again
      And the bridge is given 60 seconds
      Then the visitor sees "Прошло 30 с"
      And nothing else happens

  Rule: It knows what was seen.

    @DELIVERY-5 @capability.restart @capability.simulated-time
    Scenario: The visitor's words come again after it
      Given a visitor in the bot's hands
      And "comes twice, 60 seconds apart" strikes the vendor's 1st message from the visitor
      And the visitor has written "Вы здесь?"
      When the bridge is killed and started again
      And the bridge is given 2 minutes
      Then nothing else happens

    @DELIVERY-5 @capability.restart
    Scenario: The bot has asked a question
      Given the visitor has written "/ask"
      When the bridge is killed and started again
      And the visitor writes "Анна"
      Then the visitor sees "Вы сказали: Анна"
      And nothing else happens
