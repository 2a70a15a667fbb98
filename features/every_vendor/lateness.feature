Feature: What comes late, twice, or in another order
  Webhooks travel as they like: what people said is shown once, and old news turns nothing back.

  Rule: What comes twice is one, however late the second comes.

    @DELIVERY-4 @capability.simulated-time
    Scenario Outline: The visitor's words come twice
      Given a visitor in the bot's hands
      And "comes twice, <seconds> seconds apart" strikes the vendor's 1st message from the visitor
      When the visitor writes "Вы здесь?"
      And the bridge is given 14 minutes
      Then the visitor sees "Эхо: Вы здесь?"
      And nothing else happens

      Examples:
        | seconds |
        | 0       |
        | 20      |
        | 800     |

    @DELIVERY-4 @capability.simulated-time
    Scenario: They come again when an operator has the dialogue
      Given an operator is online
      And a visitor in the bot's hands
      And "comes twice, 600 seconds apart" strikes the vendor's 1st message from the visitor
      And the visitor has written "Вы здесь?"
      And a visitor whom the bot has handed over
      And the operator has accepted the dialogue
      When 14 minutes pass
      Then nothing else happens

  Rule: What comes late is shown all the same.

    @DELIVERY-4 @capability.simulated-time
    Scenario: The visitor's words come ten minutes late
      Given a visitor in the bot's hands
      And "comes 600 seconds late" strikes the vendor's 1st message from the visitor
      When the visitor writes "Вы здесь?"
      And the bridge is given 14 minutes
      Then the visitor sees "Эхо: Вы здесь?"
      And nothing else happens

    @DELIVERY-4 @capability.simulated-time
    Scenario: The visitor's words are overtaken
      Given a visitor in the bot's hands
      And "is overtaken, or comes 30 seconds late" strikes the vendor's 1st message from the visitor
      When the visitor writes "Раз", then "Два"
      And the bridge is given 60 seconds
      Then the visitor sees "Эхо: Раз"
      And the visitor sees "Эхо: Два"
      And nothing else happens

    @DELIVERY-4 @capability.simulated-time
    Scenario: The visitor's words come all at once
      Given a visitor in the bot's hands
      And "comes in a burst after 60 seconds" strikes the vendor's messages from the visitor
      When the visitor writes "Раз", then "Два"
      And the bridge is given 2 minutes
      Then the visitor sees "Эхо: Раз"
      And the visitor sees "Эхо: Два"
      And nothing else happens
