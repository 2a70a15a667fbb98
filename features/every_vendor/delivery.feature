Feature: What is said arrives
  Whatever goes wrong between vendor and bridge, words arrive once, in their order, and nobody waits for another's.

  Rule: No message is lost when the vendor fails for a while.

    @DELIVERY-1 @capability.retry @capability.simulated-time
    Scenario Outline: The vendor fails for ten minutes
      Given a visitor in the bot's hands
      And "<fault>" strikes the bridge's calls for 600 seconds
      When the visitor writes "Вы здесь?"
      And the bridge is given 12 minutes
      Then the visitor sees "Эхо: Вы здесь?"
      And nothing else happens

      Examples:
        | fault                            |
        | refuses the connection           |
        | answers 503                      |
        | answers 500                      |
        | asks for patience for 60 seconds |
        | drops the request                |

  Rule: What the vendor certainly did not take is said once; what it may have taken is repeated once at most, and doubted.

    @DELIVERY-1 @DELIVERY-2 @capability.retry @capability.simulated-time
    Scenario Outline: The vendor certainly did not take it
      Given a visitor in the bot's hands
      And "<fault>" strikes the bridge's calls for 10 seconds
      When the visitor writes "Вы здесь?"
      And the bridge is given 60 seconds
      Then the visitor sees "Эхо: Вы здесь?" 1 times
      And the history holds "Эхо: Вы здесь?" from the bot, delivered
      And nothing else happens

      Examples:
        | fault                           |
        | answers 503                     |
        | asks for patience for 5 seconds |

    @DELIVERY-2 @capability.retry @capability.simulated-time
    Scenario Outline: The vendor may have taken it
      Given a visitor in the bot's hands
      And "<fault>" strikes the bridge's 1st message to the visitor
      When the visitor writes "Вы здесь?"
      And the bridge is given 60 seconds
      Then the visitor sees "Эхо: Вы здесь?" once or twice
      And the history holds "Эхо: Вы здесь?" from the bot, in doubt
      And nothing else happens

      Examples:
        | fault                                      |
        | drops the answer                           |
        | breaks the connection instead of an answer |
        | cuts the answer short                      |
        | drops the request                          |
        | resets the connection                      |
        | answers 500                                |

    @DELIVERY-2 @capability.retry @capability.simulated-time
    Scenario Outline: The vendor may have taken it every time
      Given a visitor in the bot's hands
      And "<fault>" strikes the bridge's messages to the visitor for 600 seconds
      When the visitor writes "Вы здесь?"
      And the bridge is given 12 minutes
      Then the visitor sees "Эхо: Вы здесь?" once or twice
      And the history holds "Эхо: Вы здесь?" from the bot, in doubt
      And nothing else happens

      Examples:
        | fault                                      |
        | drops the answer                           |
        | breaks the connection instead of an answer |
        | cuts the answer short                      |

  Rule: Order within one dialogue survives.

    @DELIVERY-3 @capability.retry @capability.simulated-time
    Scenario Outline: The first of two answers fails
      Given a visitor in the bot's hands
      And "<fault>" strikes the bridge's 1st message to the visitor
      When the visitor writes "/twice"
      And the bridge is given 60 seconds
      Then the visitor sees "Раз", then "Два"
      And nothing else happens

      Examples:
        | fault                           |
        | answers 503                     |
        | asks for patience for 5 seconds |
        | answers 500                     |
        | drops the request               |
        | resets the connection           |

    @DELIVERY-3 @capability.retry @capability.simulated-time
    Scenario: The visitor writes on while the vendor fails
      Given a visitor in the bot's hands
      And "answers 503" strikes the bridge's calls to the visitor for 60 seconds
      When the visitor writes "Вы здесь?"
      And the visitor writes "Отвечайте"
      And the bridge is given 3 minutes
      Then the visitor sees "Эхо: Вы здесь?", then "Эхо: Отвечайте"
      And nothing else happens

  Rule: One slow or dead dialogue does not hold up the others.

    @DELIVERY-6 @capability.retry @capability.simulated-time
    Scenario Outline: A dead dialogue, and another
      Given a visitor in the bot's hands
      And "<fault>" strikes the bridge's messages in this dialogue for 3600 seconds
      When the visitor writes "Вы здесь?", and another visitor "Добрый день"
      Then the visitor sees "Эхо: Добрый день" within 2 seconds

      Examples:
        | fault                             |
        | answers 503                       |
        | asks for patience for 600 seconds |
        | drops the request                 |
        | answers 9 seconds late            |
