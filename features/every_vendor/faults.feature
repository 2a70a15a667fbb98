Feature: When something goes wrong on the way
  Whatever the vendor, what was said arrives once the vendor is back, and a bridge that died goes on where it was.

  Rule: No message is lost when the vendor fails for a while.

    @DELIVERY-1
    Scenario Outline: The vendor fails for some seconds
      Given a visitor in the bot's hands
      And "<fault>" strikes the bridge's calls for 10 seconds
      When the visitor writes "Вы здесь?"
      And the bridge is given 60 seconds
      Then the visitor sees "Эхо: Вы здесь?"
      And nothing else happens

      Examples:
        | fault                              |
        | refuses the connection             |
        | answers 503                        |
        | asks for patience for 5 seconds    |
