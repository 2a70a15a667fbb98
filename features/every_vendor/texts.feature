Feature: Long texts
  Every receiver has its limit, and nobody who writes knows it: what is said arrives whole, or it is known why not.

  Rule: A text over the receiver's limit arrives whole, in order, no character parted, or it is recorded why not.

    @TEXT-1
    Scenario Outline: The bot says more than one message holds
      Given a visitor in the bot's hands
      When the visitor writes "<sign>" <times> times in one message
      Then the visitor sees its echo whole, or the history says why not

      Examples:
        | sign   | times |
        | ж      | 4092  |
        | да нет | 682   |
        | ё́    | 1364  |
        | 👩🏽‍🔧   | 1023  |
        | 🏴‍☠️   | 1023  |
        | 🇷🇺     | 2046  |

    @TEXT-1
    Scenario: What the bot says at length is refused
      Given a visitor in the bot's hands
      And "answers 400" strikes the bridge's 1st message to the visitor
      When the visitor writes "ж" 4092 times in one message
      Then the visitor sees its echo whole, or the history says why not

  Rule: A text up to the receiver's limit arrives in one piece.

    @SAFETY-2
    Scenario: As long as a message may be
      Given a visitor in the bot's hands
      When the visitor writes "ж" 4090 times in one message
      Then the visitor sees its echo in one piece
