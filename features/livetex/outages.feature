Feature: When LiveTex or the messenger fails
  LiveTex sees of a visitor what the bridge passes on, and the visitor of an operator what the bridge tells: neither
  knows that the other cannot be reached.

  Rule: No message is lost when one side fails for up to an hour.

    @DELIVERY-1 @capability.retry @capability.simulated-time
    Scenario Outline: LiveTex fails for an hour
      Given a visitor in the bot's hands
      And "<fault>" strikes the bridge's calls to the desk for 3600 seconds
      When the visitor writes "Вы здесь?"
      And the bridge is given 2 hours
      Then the visitor sees "Эхо: Вы здесь?" within 2 seconds
      And the vendor is sent "Вы здесь?" from the visitor
      And the vendor is sent "Эхо: Вы здесь?" from the bot
      And nothing else happens

      Examples:
        | fault                             |
        | refuses the connection            |
        | answers 503                       |
        | asks for patience for 300 seconds |
        | answers 500                       |
        | drops the request                 |

    @DELIVERY-1 @capability.retry @capability.simulated-time
    Scenario Outline: The messenger fails for an hour, and the bot has answered
      Given a visitor in the bot's hands
      And "<fault>" strikes the bridge's calls to the visitor for 3600 seconds
      When the visitor writes "Вы здесь?"
      And the bridge is given 2 hours
      Then the visitor sees "Эхо: Вы здесь?"
      And the vendor is sent "Эхо: Вы здесь?" from the bot
      And nothing else happens

      Examples:
        | fault                             |
        | refuses the connection            |
        | answers 503                       |
        | asks for patience for 300 seconds |
        | answers 500                       |
        | drops the request                 |

    @DELIVERY-1 @capability.retry @capability.simulated-time
    Scenario Outline: The messenger fails for an hour, and an operator has written
      Given a visitor in an operator's hands
      And "<fault>" strikes the bridge's calls to the visitor for 3600 seconds
      When the operator writes "Чем помочь?"
      And the bridge is given 2 hours
      Then the visitor sees "Чем помочь?"
      And nothing else happens

      Examples:
        | fault                             |
        | refuses the connection            |
        | answers 503                       |
        | asks for patience for 300 seconds |
        | answers 500                       |
        | drops the request                 |

    @DELIVERY-1 @capability.retry @capability.simulated-time
    Scenario: An operator gets the visitor while the bot's words wait
      Given an operator is online
      And a visitor in the bot's hands
      And "answers 503" strikes the bridge's handovers for 60 seconds
      And the visitor has written "/operator"
      And "answers 503" strikes the bridge's messages to the visitor for 3600 seconds
      When the visitor writes "Вы здесь?"
      And the bridge is given 2 hours
      Then the visitor waits for an operator
      And the visitor sees "Диалог переведён на оператора"
      And the visitor does not see "Эхо: Вы здесь?"
      And the history holds "Эхо: Вы здесь?" from the bot, not delivered
      And nothing else happens

  Rule: What LiveTex or the messenger may have taken is repeated once at most, and doubted.

    @DELIVERY-2 @capability.retry @capability.simulated-time
    Scenario Outline: The visitor's words to an operator
      Given a visitor in an operator's hands
      And "<fault>" strikes the bridge's 1st message to the desk
      When the visitor writes "Вы здесь?"
      And the bridge is given 60 seconds
      Then the operator reads "Вы здесь?" from the visitor
      And the history holds "Вы здесь?" from the lead, in doubt
      And nothing else happens

      Examples:
        | fault                                      |
        | drops the answer                           |
        | breaks the connection instead of an answer |
        | cuts the answer short                      |
        | drops the request                          |
        | answers 500                                |

    @DELIVERY-2 @capability.retry @capability.simulated-time
    Scenario Outline: An operator's words to the visitor
      Given a visitor in an operator's hands
      And "<fault>" strikes the bridge's messages to the visitor for 600 seconds
      When the operator writes "Чем помочь?"
      And the bridge is given 12 minutes
      Then the visitor sees "Чем помочь?" once or twice
      And the history holds "Чем помочь?" from the operator, in doubt
      And nothing else happens

      Examples:
        | fault                                      |
        | drops the answer                           |
        | breaks the connection instead of an answer |
        | cuts the answer short                      |

  Rule: Order within one dialogue survives.

    @DELIVERY-3 @capability.retry @capability.simulated-time
    Scenario Outline: The visitor writes on to an operator
      Given a visitor in an operator's hands
      And "<fault>" strikes the bridge's calls to the desk for 60 seconds
      When the visitor writes "Вы здесь?"
      And the visitor writes "Отвечайте"
      And the bridge is given 3 minutes
      Then the operator reads "Вы здесь?", then "Отвечайте"

      Examples:
        | fault                            |
        | answers 503                      |
        | asks for patience for 30 seconds |
        | answers 500                      |
        | drops the request                |

    @DELIVERY-3 @capability.retry @capability.simulated-time
    Scenario Outline: The operator writes on
      Given a visitor in an operator's hands
      And "<fault>" strikes the bridge's calls to the visitor for 60 seconds
      When the operator writes "Одну минуту"
      And the operator writes "Нашёл"
      And the bridge is given 3 minutes
      Then the visitor sees "Одну минуту", then "Нашёл"
      And nothing else happens

      Examples:
        | fault                            |
        | answers 503                      |
        | asks for patience for 30 seconds |
        | answers 500                      |
        | drops the request                |

  Rule: One slow or dead dialogue does not hold up the others.

    @DELIVERY-6 @capability.retry @capability.simulated-time
    Scenario Outline: A dialogue that is dead for LiveTex, and another
      Given a visitor in an operator's hands
      And "<fault>" strikes the bridge's messages to the desk in this dialogue for 3600 seconds
      When the visitor writes "Вы здесь?", and another visitor "Добрый день"
      Then the visitor sees "Эхо: Добрый день" within 2 seconds
      And the vendor is sent "Добрый день" from the visitor
      And the vendor is sent "Эхо: Добрый день" from the bot

      Examples:
        | fault                             |
        | answers 503                       |
        | asks for patience for 600 seconds |
        | drops the request                 |
