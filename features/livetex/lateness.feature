Feature: What LiveTex tells late, twice, or in another order
  Old news of a dialogue neither takes it from whoever has it nor announces an operator.

  Rule: An operator's words are shown once, however late.

    @DELIVERY-4 @capability.simulated-time
    Scenario Outline: The operator's words come twice, or hours late
      Given a visitor in an operator's hands
      And "<fault>" strikes the vendor's 1st message from the desk
      When the operator writes "Чем помочь?"
      And the bridge is given 12 hours
      Then the visitor sees "Чем помочь?"
      And nothing else happens

      Examples:
        | fault                            |
        | comes twice, 0 seconds apart     |
        | comes twice, 40000 seconds apart |
        | comes 40000 seconds late         |

    @DELIVERY-4 @capability.simulated-time
    Scenario: The operator's words come after the end
      Given a vendor whose webhook order is none
      And a visitor in an operator's hands
      And "comes after the end, or 3600 seconds late" strikes the vendor's 1st message from the desk
      And the operator has written "Я перезвоню"
      When the operator finishes the chat
      And the visitor writes "Есть кто?"
      Then the visitor sees "Эхо: Есть кто?"
      And nothing else happens

  Rule: Old news neither take the dialogue from its holder nor announce an operator.

    @DELIVERY-4 @capability.simulated-time
    Scenario: The read mark comes after the end
      Given a vendor whose webhook order is none
      And a visitor whom the bot has handed over
      And "comes after the end, or 3600 seconds late" strikes the vendor's 1st "MessageDelivered"
      And the operator has opened the dialogue
      When the operator finishes the chat
      And the bridge is given 5 minutes
      Then the visitor sees "Оператор вернул диалог боту"
      And nothing else happens

    @DELIVERY-4 @capability.simulated-time
    Scenario: The end comes again when the next operator has the dialogue
      Given a visitor in an operator's hands
      And "comes twice, 60 seconds apart" strikes the vendor's 1st end
      And the operator has finished the chat
      And the bot has handed over again
      And 2 minutes have passed
      When the visitor writes "Вы тут?"
      Then the operator reads "Вы тут?" from the visitor
      And nothing else happens

    @DELIVERY-4 @capability.simulated-time
    Scenario: The read mark comes again in the next dialogue
      Given a visitor whom the bot has handed over
      And "comes twice, 60 seconds apart" strikes the vendor's 1st "MessageDelivered"
      And the operator has opened the dialogue
      And the operator has finished the chat
      And the bot has handed over again
      When 2 minutes pass
      Then nothing else happens
