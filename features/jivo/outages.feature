Feature: When Jivo fails
  The bot's words wait in the bridge; meanwhile the visitor may get an operator.

  Rule: No message is lost when Jivo fails for up to an hour, unless the dialogue has left the bot meanwhile.

    @DELIVERY-1 @capability.retry @capability.simulated-time
    Scenario Outline: Jivo fails for an hour
      Given a vendor whose idle is 7200
      And a visitor in the bot's hands
      And "<fault>" strikes the bridge's calls for 3600 seconds
      When the visitor writes "Вы здесь?"
      And the bridge is given 90 minutes
      Then the visitor sees "Эхо: Вы здесь?"
      And nothing else happens

      Examples:
        | fault                             |
        | refuses the connection            |
        | answers 503                       |
        | asks for patience for 300 seconds |
        | answers 500                       |
        | drops the request                 |

    @DELIVERY-1 @capability.retry @capability.simulated-time
    Scenario Outline: The dialogue leaves the bot meanwhile
      Given an operator is online
      And a visitor in the bot's hands
      And "answers 503" strikes the bridge's calls for 3600 seconds
      And the visitor has written "Вы здесь?"
      When <deed>
      And the bridge is given 2 hours
      Then the bot is told that the chat is closed to it
      And the visitor does not see "Эхо: Вы здесь?"
      And the history holds "Эхо: Вы здесь?" from the bot, not delivered

      Examples:
        | deed                              |
        | the operator accepts the dialogue |
        | 20 minutes pass                   |
