Feature: The bridge's channel for LiveTex
  It has a name, two titles, excluded channels and a key; 'Вебхук' registers it.

  Rule: 'Вебхук' registers the bridge's address and a secret.

    @LTX-CONNECT-2
    Scenario: The button is pressed
      When the button 'Вебхук' is pressed
      Then the vendor is given the bridge's address and a secret

    @LTX-CONNECT-2
    Scenario: Another account
      When the bridge is bound to another account of the vendor's
      Then the vendor is given the bridge's address and another secret

    @LTX-CONNECT-6
    Scenario: The name is preset
      When the button 'Вебхук' is pressed
      Then the binding has a name

    @LTX-CONNECT-6
    Scenario: Another key
      Given a visitor in the bot's hands
      And the administrator has generated another key
      And the new key was entered in the binding
      When the visitor writes "Вы здесь?"
      Then the archive holds "Вы здесь?" from the visitor
      And the visitor sees "Эхо: Вы здесь?"
      And nothing else happens

  Rule: A webhook that is not LiveTex's is refused.

    @LTX-CONNECT-3
    Scenario Outline: The key is not the registered one
      Given a visitor in an operator's hands
      When somebody delivers the webhook <event> "<sample>" <how>
      Then the bridge answers it as refused
      And nothing else happens

      Examples:
        | event       | sample         | how               |
        | TextMessage | operator-wrote | under a wrong key |
        | TextMessage | operator-wrote | without a key     |
        | Closed      | closed         | under a wrong key |

  Rule: An excluded channel stays out, and no other.

    @LTX-CHANNELS-1 @LTX-CHANNELS-2
    Scenario Outline: A channel that is excluded
      Given the channel <channel> is excluded
      And a visitor of <channel>
      When the visitor writes "Здравствуйте"
      Then the visitor sees "Эхо: Здравствуйте"
      And the vendor knows nobody
      And nothing else happens

      Examples:
        | channel  |
        | telegram |
        | jivo     |

    @LTX-CHANNELS-2
    Scenario Outline: A channel that is not excluded
      Given the channel <other> is excluded
      And a visitor of <channel>
      When the visitor writes "Здравствуйте"
      Then the archive holds "Здравствуйте" from the visitor
      And the archive holds "Эхо: Здравствуйте" from the bot
      And the visitor sees "Эхо: Здравствуйте"
      And nothing else happens

      Examples:
        | channel  | other    |
        | telegram | jivo     |
        | jivo     | telegram |

    @LTX-CHANNELS-1
    Scenario: The handover on an excluded channel
      Given the channel telegram is excluded
      And an operator is online
      And a visitor in the bot's hands
      When the visitor writes "/operator"
      Then the vendor knows nobody

  Rule: Every webhook is answered, and what is no message, read mark or close shows nothing.

    @LTX-DELIVERY-2
    Scenario Outline: A webhook that was seen before
      Given a visitor in an operator's hands
      And the operator has written "Чем помочь?"
      And <time> have passed
      When the vendor delivers the visitor's last webhook once more
      Then every delivery is acknowledged
      And nothing else happens

      Examples:
        | time       |
        | 1 seconds  |
        | 20 minutes |
        | 23 hours   |

    @LTX-DELIVERY-2
    Scenario: Closed comes again
      Given a visitor in an operator's hands
      And the operator has finished the chat
      When the vendor delivers the visitor's last webhook once more
      Then every delivery is acknowledged
      And nothing else happens

    @LTX-DELIVERY-3
    Scenario Outline: What shows nothing
      Given a visitor in an operator's hands
      When the vendor delivers the webhook <event> "<sample>"
      Then every delivery is acknowledged
      And nothing else happens

      Examples:
        | event                       | sample       |
        | EmployeeAvailabilityChanged | went-offline |
        | SelectDestination           | one-group    |
        | unknown                     | closed       |

    @LTX-DELIVERY-3
    Scenario: The lead's turn takes long
      Given an operator is online
      When the visitor writes "/slow 90"
      Then every delivery is acknowledged within 5 seconds
